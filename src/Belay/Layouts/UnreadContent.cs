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

        AddLateDirectives(migration.Script, faults);
        faults.AddRange(PlaceholdersIn(migration.Script));
    }

    /// <summary>Adds a fault for each directive of a rollback script or of checks that is mistyped or has no effect. What they ask for is
    /// read when they run, which is no time to find that it was passed over.</summary>
    public static void RefuseDirectives(Migration migration, List<string> faults)
    {
        if (migration.Rollback is { } back)
        {
            var asked = DirectiveReader.Read(back.Path, back.Text, faults);
            faults.AddRange(asked.Accepted.Select(one => $"{one.Place}: accept has no effect in a rollback script"));
            faults.AddRange(asked.Adopts is { } id ? [$"{back.Path}: adopts {id} has no effect in a rollback script"] : []);
            AddLateDirectives(back, faults);
        }

        if (migration.Verify is { } checks)
        {
            faults.AddRange(Directives(checks).Select(one
                => $"{checks.Path}:{one.Line}: \"{one.Comment}\" has no effect in checks, which run with what their migration asks for"));
        }
    }

    /// <summary>What waits in them to be replaced by a tool. They may never run, so that it stops no release.</summary>
    public static IEnumerable<string> RemarksOf(Migration migration)
        => new[] { migration.Rollback, migration.Verify }.OfType<ScriptSource>().SelectMany(PlaceholdersIn);

    private static IEnumerable<string> PlaceholdersIn(ScriptSource script) => Placeholders.Find(script.Text).Select(found
        => $"{script.Path}:{found.Place.Line}:{found.Place.Column}: {found.Text} is a placeholder of {found.Kind}, and placeholders are "
            + "not replaced here");

    /// <summary>A directive counts before the first statement alone, as a comment of dashes on a line of its own. Another one would be
    /// passed over in silence.</summary>
    private static void AddLateDirectives(ScriptSource script, List<string> faults)
    {
        var first = ScriptText.FirstStatementLine(script.Text);
        foreach (var (comment, line, hasLine) in Directives(script))
        {
            var fault = (line > first, hasLine) switch
            {
                (true, true) => "stands below the first statement, where a directive has no effect: put it above",
                (_, false) => "is no comment of dashes on a line of its own, so that it has no effect as a directive: put it on one, above "
                    + "the first statement",
                _ => null,
            };
            faults.AddRange(fault is null ? [] : [$"{script.Path}:{line}: \"{comment}\" {fault}"]);
        }
    }

    private static IEnumerable<(string Comment, int Line, bool HasLine)> Directives(ScriptSource script)
        => script.Text.Contains("belay:", StringComparison.OrdinalIgnoreCase)
            ? ScriptComments.All(script.Text).SelectMany(one => In(script.Text, one.Comment, one.Place))
            : [];

    private static IEnumerable<(string Comment, int Line, bool HasLine)> In(string text, string comment, TextPosition place)
        => !ScriptComments.BeginsLine(text, place.Offset) ? KnownIn(comment, place.Line)
            : AnyDirective().IsMatch(comment) ? [(comment, place.Line, HasLine: true)]
            : [];

    /// <summary>A comment of <c>/* */</c> may have one in each of its lines; with dashes there it is commented out.</summary>
    private static IEnumerable<(string Comment, int Line, bool HasLine)> KnownIn(string comment, int line)
        => ScriptText.Lines(comment)
            .Select((text, index) => (Comment: text.Trim(), Line: line + index, HasLine: false))
            .Where(one => KnownDirective().IsMatch(one.Comment) && (one.Line == line || one.Comment[0] != '-'));

    /// <summary>As in a script's head: a comment that mentions a directive is none.</summary>
    [GeneratedRegex(@"^--+\s*belay:", RegexOptions.IgnoreCase)]
    private static partial Regex AnyDirective();

    /// <summary>Where none is read, only what nobody writes by chance is one.</summary>
    [GeneratedRegex(
        @"^(--+|/\*+|\*+)?\s*belay:\s*(no-transaction(?![\w-])|(lock|statement)-timeout[\s=]+[0-9]|accept\s+\S+\s+because"
            + @"|adopts\s+\S+\s*(\*/)?$)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex KnownDirective();
}
