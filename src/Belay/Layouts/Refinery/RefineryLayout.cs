using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Refinery;

/// <summary>
/// <c>V1__name.sql</c>, and <c>U1__name.sql</c>, which is a migration that may come late and no undo script.
/// The names are Flyway's, so that it must be chosen. refinery runs a file as one message; one whose
/// statements allow no transaction runs outside one.
/// </summary>
internal sealed partial class RefineryLayout : NumberedLayout
{
    public override string ExpectedNames => "V1__name.sql or U1__name.sql";

    public override string? Evidence(LayoutFolder folder) => null;

    public override IEnumerable<Migration> Read(LayoutFolder folder)
    {
        folder.RemarkOnPrograms([.. folder.Find(".rs").Where(file => Match(Path.ChangeExtension(file, "sql")).Success)], "Rust");
        return base.Read(folder);
    }

    protected override Match Match(string file) => FileName().Match(file);

    protected override Migration? Make(LayoutFolder folder, string file, decimal version, Match match)
        => base.Make(folder, file, version, match) is { } migration ? OutsideScript.MarkWhole(migration) : null;

    [GeneratedRegex(@"^(.*/)?[UV](?<version>[0-9]+(\.[0-9]+)?)__(?<name>\w+)\.sql$")]
    private static partial Regex FileName();
}
