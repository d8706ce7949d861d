using Belay.Arguments;

namespace Belay.Risks;

/// <summary>The rules as a table in Markdown, from their values alone: what <c>docs/risks.md</c> has between its marks.</summary>
public static class RiskTable
{
    /// <summary>The line before the table.</summary>
    internal const string Begin = "<!-- This table is written by ./build.sh Refresh from src/Belay/Risks/RiskRules.cs. -->";

    /// <summary>The lines from mark to mark.</summary>
    internal static IReadOnlyList<string> Lines
        =>
        [
            Begin,
            "",
            "| rule | sees | counts from | found by | safer form |",
            "|---|---|---|---|---|",
            .. RiskRules.All.Select(rule => $"| `{rule.Name}` | {rule.Sees} | {rule.From} | {rule.Found} | {rule.Safer} |"),
            "",
            ParameterTable.End,
        ];

    /// <summary>A text with its table written anew.</summary>
    /// <param name="text">The text, in which both marks stand.</param>
    public static string Refresh(string text) => ParameterTable.Refresh(text, Begin, Lines);
}
