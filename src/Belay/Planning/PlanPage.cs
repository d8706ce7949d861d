using System.Text;

namespace Belay.Planning;

/// <summary>A plan as a page of Markdown, for whoever approves it.</summary>
internal static class PlanPage
{
    /// <summary>The page.</summary>
    public static string Of(ReleasePlanFile plan)
    {
        var page = new StringBuilder($"# Plan for {Code(plan.Database.Name)}, made at {Quantity.Utc(plan.MadeUtc)}\n");
        Section(page, "Migrations", plan.Files.Select(Line));
        Section(page, "Checks", plan.Checks.Select(Code));
        Section(page, "Risks", Risks(plan));
        Section(page, "Tables, as they are now", plan.Tables.Select(Code));
        Section(page, "Statements, in the dry run", plan.Statements.Select(Code));
        Section(page, "Rehearsal, on a copy", Rehearsal(plan.Rehearsal));
        Section(page, "Not tried", plan.Untried.Select(Code));
        Section(page, "Schema", Schema(plan.Changes));
        Section(
            page,
            "Settings",
            [
                .. plan.Role is { } role ? [$"runs as {Code(role)}"] : Array.Empty<string>(),
                .. plan.Settings.Select(setting => $"{Code(setting.Key)} {Code(setting.Value)}"),
            ]);
        return page.ToString();
    }

    private static IEnumerable<string> Schema(IReadOnlyList<string>? changes)
        => changes is null ? ["not read"] : changes.Count == 0 ? ["not changed"] : changes.Select(Code);

    private static IEnumerable<string> Rehearsal(RehearsedFigures? figures)
        => figures is null ? ["there was none of these files"] :
        [
            $"ended at {Quantity.Utc(figures.EndedUtc)}, on backup {Code(figures.BackupId)}",
            .. figures.Refusal is { } refusal ? [$"**refused**: {Code(refusal)}"] : Array.Empty<string>(),
            .. figures.Lines.Select(Code),
        ];

    private static IEnumerable<string> Risks(ReleasePlanFile plan)
        =>
        [
            .. plan.Risks is null ? ["not looked for"]
                : plan.Risks.Count == 0 ? ["none found"]
                : plan.Risks.OrderBy(risk => risk.Accepted is not null).Select(risk => Code(risk.ToString())),
            .. plan.RiskRemarks.Select(Code),
        ];

    private static string Line(PlannedFile file)
        => $"{Code(file.Name)} {(file.IsOutside ? "outside a transaction, " : "")}"
            + $"{(file.Checks is null ? "without checks" : "with checks")}, "
            + $"{(file.Rollback is null ? "without a rollback script" : "with a rollback script")}, SHA-256 {Code(file.Sha256)}";

    private static void Section(StringBuilder page, string title, IEnumerable<string> lines)
    {
        if (lines.ToList() is { Count: > 0 } all)
        {
            page.Append($"\n## {title}\n\n").AppendJoin('\n', all.Select(line => $"- {line}")).Append('\n');
        }
    }

    /// <summary>As code, so that no name of a file or table becomes Markdown.</summary>
    private static string Code(string text)
    {
        var plain = HarmlessText.Of(text).Replace('\n', ' ');
        var longest = 0;
        for (var (index, run) = (0, 0); index < plain.Length; index++)
        {
            run = plain[index] == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        return longest == 0 ? $"`{plain}`" : $"{fence} {plain} {fence}";
    }
}
