using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.DbUp;

/// <summary>
/// Files of any name, in the ordinal order of names. The version is the first number in the name where every name has one;
/// otherwise it is the place in that order, and a file put in between is refused later, since those
/// after it change their places. Nothing in such names is DbUp's alone, so that it must be chosen.
/// </summary>
internal sealed partial class DbUpLayout : IMigrationLayout
{
    public string ExpectedNames => "Script0001 - name.sql, in the order of their names";

    public string? Evidence(LayoutFolder folder) => null;

    public bool Explains(string name) => false;

    public IEnumerable<Migration> Read(LayoutFolder folder)
    {
        var files = folder.Names.Where(file => !folder.IsCompanion(file)).ToList();
        var numbers = files.Select(NumberOf).ToList();
        var areNumbered = numbers.All(number => number is not null);
        var migrations = files.Select(
            (file, index) => folder.Make(file, areNumbered ? numbers[index]!.Value : index + 1, Path.GetFileNameWithoutExtension(file)))
            .OfType<Migration>().Select(OutsideScript.MarkWhole).ToList();
        OrderOfNames.Demand(migrations, folder.Faults);
        return migrations;
    }

    private static decimal? NumberOf(string file)
        => Number().Match(Path.GetFileNameWithoutExtension(file)) is { Success: true } match
            && MigrationVersion.TryParse(match.Value, out var version) ? version : null;

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)*")]
    private static partial Regex Number();
}
