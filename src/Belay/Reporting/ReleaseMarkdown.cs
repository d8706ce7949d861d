using System.Text;

namespace Belay.Reporting;

/// <summary>A release record as a page of Markdown.</summary>
internal static class ReleaseMarkdown
{
    private const int SchemaLinesShown = 100;

    /// <summary>The whole page.</summary>
    public static string Page(ReleaseRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var page = new StringBuilder();
        Head(page, record);
        Failure(page, record);
        Section(page, "Preflight", record.PreflightFacts.Select(fact => $"- {MarkdownText.Of(fact)}"));
        Section(page, "Backup", Backup(record));
        Section(page, "Rehearsal", record.Rehearsal.Select(line => $"- {MarkdownText.Of(line)}"));
        Section(page, "Risks", record.Risks.Select(line => $"- {MarkdownText.Of(line)}"));
        Section(page, "Migrations", Table(["Migration", "Applied", "Duration"], record.Migrations.Select(migration
            => new[] { migration.Name, Quantity.Utc(migration.AppliedUtc), Duration(migration.Seconds) })));
        Section(page, "History", record.History.Select(entry => $"- {MarkdownText.Of(entry)}"));
        Section(page, "Migrator", record.Migrator is { } migrator ? [MarkdownText.Block(migrator)] : []);
        Section(page, "Drift before the release", SchemaLines(record.Drift));
        Section(page, "Schema changes", record.SchemaChanges is { Count: 0 } ? ["none"] : SchemaLines(record.SchemaChanges ?? []));
        Section(page, "Checks", Table(["Check", "Result"], record.Checks.Select(check
            => new[] { check.Title, check.Passed ? "passed" : $"FAILED: {string.Join('\n', check.Differences)}" })));
        Section(
            page,
            "Login",
            record.Login is null
                ? record.NobodyLoggedIn ? [ReleaseLogin.LeftOut] : []
                : record.Login.Further is []
                    ? Table(["Before", "After"], [[record.Login.Before ?? "not tried", record.Login.After ?? "not reached"]])
                    : Table(["Smoke test", "Before", "After"], record.Login.All.Select((login, index) => new[]
                    {
                        login.Name ?? $"{index + 1}", login.Before ?? "not tried", login.After ?? "not reached",
                    })));
        Section(page, "Watch", (record.Watch?.Lines() ?? []).Select(line => $"- {MarkdownText.Of(line)}"));
        Section(page, "Told", record.Notices.Select(line => $"- {MarkdownText.Of(line)}"));
        Section(page, "Steps", Table(["Step", "Status", "Duration", "Fact"], record.Steps.Select(step
            => new[] { step.Name, step.Status, Duration(step.Seconds), step.Fact ?? "" })));
        Section(page, "Post-migration tasks", record.Tasks.Select(task
            =>
                $"- [{(task.Done ? "x" : " ")}] "
                    + $"{MarkdownText.Of(task.Title)}{(task.Note is null ? "" : $": {MarkdownText.Of(task.Note)}")}"));
        return page.ToString();
    }

    /// <summary>The heading of the release log.</summary>
    public static string LogHead
        => "# Releases\n\n| Finished | Database | Outcome | Migrations | Backup | Login | Who |\n|---|---|---|---|---|---|---|\n";

    /// <summary>The run's line in the release log, with its line end.</summary>
    public static string LogLine(ReleaseRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return MarkdownText.Row(
            Quantity.Utc(record.FinishedUtc),
            record.Database ?? "none",
            Verdict(record),
            record.Migrations.Count == 0 ? "none" : string.Join(", ", record.Migrations.Select(migration => migration.Name)),
            record.Backup?.Id ?? "none",
            record.Login?.ToString() ?? (record.NobodyLoggedIn ? ReleaseLogin.LeftOut : "none"),
            record.Actor.ToString()) + "\n";
    }

    private static void Head(StringBuilder page, ReleaseRecord record)
    {
        page.Append($"# Release of {MarkdownText.Of(record.Database ?? "no database")}: {Verdict(record)}\n\n");
        (string Name, string? Value)[] rows =
        [
            ("Run", record.RunId),
            ("Targets", string.Join(", ", record.Targets)),
            ("Who", record.Actor.ToString()),
            ("Commit", record.Source is { } source ? $"{source.Commit}{(source.Tag is null ? "" : $", tag {source.Tag}")}" : null),
            ("Started at", Quantity.Utc(record.StartedUtc)),
            ("Finished at", Quantity.Utc(record.FinishedUtc)),
            ("Took", Quantity.Duration(record.FinishedUtc - record.StartedUtc)),
            ("Exit code", $"{record.ExitCode}"),
            ("Standing", record.Standing),
            ("Record", record.Link is { } link ? $"{link.Number} of this database{(record.Seal is null ? "" : ", signed")}" : null),
        ];
        page.AppendJoin('\n', Table(["", ""], rows.Where(row => row.Value is not null).Select(row => new[] { row.Name, row.Value! })))
            .Append('\n')
.Append(record.Actor.RunUrl is { } url ? $"\nCI run: {MarkdownText.Link(url)}\n" : "");
    }

    private static void Failure(StringBuilder page, ReleaseRecord record)
    {
        if (record.Message is { } message)
        {
            page.Append($"\n{MarkdownText.Block(message)}\n");
        }

        if (record.Hint is { } hint)
        {
            page.Append($"\nHint: {MarkdownText.Of(hint)}\n");
        }

        if (record.WayBack is { } wayBack)
        {
            page.Append($"\n{MarkdownText.Block(wayBack)}\n");
        }
    }

    private static IEnumerable<string> Backup(ReleaseRecord record) => record.Backup is not { } backup ? [] :
    [
        .. Table(
            ["Id", "Store", "Size", "Proof", "Kept until"],
            [[backup.Id, backup.Store, Quantity.Bytes(backup.Size), backup.Proof, Quantity.Utc(backup.KeepUntilUtc)]]),
        .. record.Gate is { } gate ? new[] { "", $"Gate: {MarkdownText.Of(gate)}" } : [],
    ];

    private static IEnumerable<string> SchemaLines(IReadOnlyList<string> lines) => lines.Count == 0
        ? []
        : [
            .. lines.Take(SchemaLinesShown).Select(MarkdownText.Block),
            .. lines.Count <= SchemaLinesShown
                ? []
                : new[] { "", $"and {Quantity.Count(lines.Count - SchemaLinesShown, "more line")}: see the JSON beside this page" },
        ];

    private static void Section(StringBuilder page, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
        {
            page.Append($"\n## {title}\n\n").AppendJoin('\n', all).Append('\n');
        }
    }

    private static IEnumerable<string> Table(IReadOnlyList<string> heads, IEnumerable<string[]> rows)
    {
        var lines = rows.Select(row => MarkdownText.Row(row)).ToList();
        return lines.Count == 0 ? [] : [MarkdownText.Row(heads), $"|{string.Concat(heads.Select(_ => "---|"))}", .. lines];
    }

    /// <summary>How a run ended, in words.</summary>
    public static string Verdict(ReleaseRecord record)
        => record.Outcome == ReleaseOutcome.Succeeded
            ? "succeeded"
            : $"{WordList.Of(record.Outcome)} (exit {record.ExitCode})";

    private static string Duration(double seconds) => Quantity.Duration(TimeSpan.FromSeconds(seconds));
}
