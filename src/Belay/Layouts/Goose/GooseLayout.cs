using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Goose;

/// <summary>
/// <c>1_name.sql</c> with <c>-- +goose Up</c>, <c>-- +goose Down</c> and <c>-- +goose NO TRANSACTION</c>. <c>StatementBegin</c> and
/// <c>StatementEnd</c> are comments: where a statement ends is PostgreSQL's own rule here.
/// </summary>
internal sealed partial class GooseLayout : MarkedLayout
{
    protected override string Marker => "-- +goose Up";

    protected override bool? IsUp(string line) => Annotation().Match(line).Groups["words"].Value.ToUpperInvariant() switch
    {
        "UP" => true,
        "DOWN" => false,
        _ => null,
    };

    /// <summary>goose can put variables of the environment into a script.</summary>
    protected override void Inspect(LayoutFolder folder, Migration migration, string text)
    {
        var line = Array.FindIndex(
            migration.Text.Split('\n'),
            line => Annotation().Match(line).Groups["words"].Value.Equals("ENVSUB ON", StringComparison.OrdinalIgnoreCase));
        if (line >= 0)
        {
            folder.Faults.Add(
                $"{migration.Path}:{line + 1}: ENVSUB puts variables of the environment into the script, and variables are not replaced "
                    + "here");
        }
    }

    [GeneratedRegex(@"^--\s*\+goose\s+(?<words>\S.*?)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Annotation();
}
