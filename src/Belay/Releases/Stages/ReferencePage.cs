using Belay.Arguments;
using Belay.Settings;

namespace Belay.Releases.Stages;

/// <summary>Targets, parameters and exit codes in Markdown, from the declarations alone: what <c>docs/reference.md</c> has between its
/// marks.</summary>
public static class ReferencePage
{
    /// <summary>The line before them.</summary>
    internal const string Begin = "<!-- Targets, parameters and exit codes are written by ./build.sh Refresh from their declarations. -->";

    /// <summary>The lines from mark to mark.</summary>
    internal static IReadOnlyList<string> Lines
        =>
        [
            Begin,
            "",
            "## Targets",
            "",
            .. ReleaseStages.All.SelectMany(Target),
            "## Parameters",
            "",
            "| parameter | variable | value | default | targets | meaning |",
            "|---|---|---|---|---|---|",
            .. ReleaseParameters.All.Select(Row),
            "",
            "## Exit codes",
            "",
            "| exit | meaning | where an unforeseen failure of a stage has it |",
            "|---|---|---|",
            .. ExitCodes.Meanings.Select(exit => $"| {exit.Code} | {exit.Meaning} | {StagesOf(exit.Code)} |"),
            "",
            ParameterTable.End,
        ];

    /// <summary>A text with what is declared written anew.</summary>
    /// <param name="text">The text, in which both marks stand.</param>
    public static string Refresh(string text) => ParameterTable.Refresh(text, Begin, Lines);

    private static IEnumerable<string> Target(ReleaseStage stage) =>
    [
        $"### {stage.Name}",
        "",
        $"{stage.Description}.",
        "",
        $"- Example: `./build.sh {stage.Name}{(stage.Example.Length == 0 ? "" : $" {stage.Example}")}`",
        .. Item("Runs after", stage.DependsOn.Select(other => Link(other.Name))),
        .. Item("Has these run after it", stage.Triggers.Select(other => Link(other.Name))),
        $"- `--dry-run`: {DryRun(stage.DryRun)}",
        $"- Record: {(stage.LeavesRecord ? "written at its end" : "none, for it only looks")}",
        "",
    ];

    private static IEnumerable<string> Item(string title, IEnumerable<string> names)
        => names.ToList() is { Count: > 0 } all ? [$"- {title}: {string.Join(", ", all)}"] : [];

    private static string Link(string target) => $"[{target}](#{target.ToLowerInvariant()})";

    private static string DryRun(DryRunRule rule) => rule switch
    {
        DryRunRule.Heeds => "says what it would do and keeps nothing",
        DryRunRule.LeftOut => "left out on the way to another target; refused when it is typed, for nothing would be left to do",
        _ => "refused when it is typed, for it changes nothing anyway",
    };

    private static string Row(Parameter parameter)
        => "| "
            + string.Join(
                " | ",
                $"`{NameOf(parameter)}`",
                parameter.Sources.HasFlag(ParameterSources.Environment) ? $"`{parameter.Variable}`" : "",
                ValueOf(parameter),
                parameter.Default is { } standard ? Plain(standard) : parameter.Kind == ParameterKind.Switch ? "no" : "",
                string.Join(", ", ReleaseStages.All.Where(stage => stage.Parameters.Contains(parameter)).Select(stage => Link(stage.Name))),
                Plain(parameter.Help))
            + " |";

    private static string ValueOf(Parameter parameter) => parameter.Kind switch
    {
        _ when parameter.IsSecret => "a secret",
        ParameterKind.Switch => "`true` or `false`; the bare option is `true`",
        ParameterKind.WholeNumber => "a whole number",
        ParameterKind.Days => "days: `7` or `7d`",
        ParameterKind.Duration => "a duration: `500ms`, `30s`, `5min`, `2h`, `7d`",
        ParameterKind.Size => "a size: `512MiB`, `100GiB`, or `0`",
        ParameterKind.Choice => "one of its words",
        ParameterKind.Version => "a migration's number",
        _ => "text",
    };

    private static string StagesOf(int exitCode)
        => string.Join(", ", ReleaseStages.All.Where(stage => stage.FaultExitCode == exitCode).Select(stage => Link(stage.Name)));

    private static string NameOf(Parameter parameter)
        => parameter.Sources.HasFlag(ParameterSources.CommandLine) ? parameter.Option : parameter.Variable;

    private static string Plain(string text)
        => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
