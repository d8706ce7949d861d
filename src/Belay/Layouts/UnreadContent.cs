using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts;

/// <summary>Refuses files in a form that is not read here, directives where they have no effect, and
/// files that wait for a tool to replace something in them.</summary>
internal static partial class UnreadContent
{
    /// <summary>Adds a fault for the form, or for each placeholder.</summary>
    public static void Refuse(Migration migration, List<string> faults)
    {
        var first = ScriptText.Lines(migration.Text).FirstOrDefault(line => line.Trim().Length > 0) ?? "";
        if (MigrationTools.All.FirstOrDefault(tool => tool.UnreadForm?.IsMatch(first) is true) is { } tool)
        {
            faults.Add(
                $"{migration.Path}: \"{first.Trim()}\" begins a file of {tool.Name}, of a form that is not read here: parts of it would "
                    + $"run that {tool.Name} leaves out");
            return;
        }

        AddLateDirectives(migration, faults);
        faults.AddRange(Placeholders.Find(migration.Text).Select(found
            =>
                $"{migration.Path}:{found.Place.Line}:{found.Place.Column}: {found.Text} is a placeholder of {found.Kind}, and "
                    + "placeholders are not replaced here"));
    }

    /// <summary>A directive counts before the first statement alone. One below it would be passed over in silence.</summary>
    private static void AddLateDirectives(Migration migration, List<string> faults)
    {
        if (!LateDirective().IsMatch(migration.Text))
        {
            return;
        }

        var first = ScriptText.FirstStatementLine(migration.Text);
        faults.AddRange(
            ScriptComments.Read(migration.Text).Where(one => one.Place.Line > first && LateDirective().IsMatch(one.Comment)).Select(one
                =>
                    $"{migration.Path}:{one.Place.Line}: \"{one.Comment}\" stands below the first statement, where a directive has no "
                        + "effect: put it above"));
    }

    [GeneratedRegex(@"--+\s*belay:", RegexOptions.IgnoreCase)]
    private static partial Regex LateDirective();
}
