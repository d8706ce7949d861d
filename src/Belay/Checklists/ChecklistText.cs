using Belay.Reporting;

namespace Belay.Checklists;

/// <summary>The checklists as people read them.</summary>
internal static class ChecklistText
{
    /// <summary>The lines, each item with its reason.</summary>
    public static IReadOnlyList<(string Text, LineTone Tone)> Lines(ChecklistFacts facts) =>
    [
        ("Pre-Migration Checklist", LineTone.Plain),
        .. BeforeChecklist.Of(facts).Select(Line),
        ("", LineTone.Plain),
        (facts.Newest is { } record
            ? $"Post-Migration Tasks of the release of {Quantity.Utc(record.FinishedUtc)}{Elsewhere(facts, record)}, "
                + $"{ReleaseMarkdown.Verdict(record)}: "
                + string.Join(", ", record.Migrations.Select(migration => migration.Name))
            : "Post-Migration Tasks: no release that applied migrations is on record", LineTone.Plain),
        .. AfterChecklist.Of(facts).Select(Line),
    ];

    /// <summary>A store may have records of another server's database of the same name, or of this one under another address.</summary>
    private static string Elsewhere(ChecklistFacts facts, ReleaseRecord record)
        => facts.Database is { } here && record.Database != here ? $" on {record.Database}, which is not {here}" : "";

    /// <summary>How many items are ticked: <c>4 of 7 before, 3 of 6 after</c>.</summary>
    public static string Summary(ChecklistFacts facts)
        => $"{Count(BeforeChecklist.Of(facts))} before"
            + (facts.Newest is null ? "" : $", {Count(AfterChecklist.Of(facts))} after the newest release");

    private static string Count(IReadOnlyList<ReleaseTask> items) => $"{items.Count(item => item.Done)} of {items.Count}";

    private static (string Text, LineTone Tone) Line(ReleaseTask item)
        => ($"[{(item.Done ? "x" : " ")}] {item.Title}: {item.Note}", item.Done ? LineTone.Good : LineTone.Plain);
}
