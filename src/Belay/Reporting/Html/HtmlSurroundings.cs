namespace Belay.Reporting.Html;

/// <summary>What preflight saw, what changed in the schema, and what the run was told.</summary>
internal static class HtmlSurroundings
{
    private const int LinesShown = 200;

    /// <summary>The sections that are not empty.</summary>
    public static Markup Of(ReleaseRecord record) => Markup.Join(
    [
        HtmlParts.Section("watch", "Watch", HtmlParts.Lines(record.Watch?.Lines() ?? [])),
        HtmlParts.Section("schema", "Schema changes", Difference(record.SchemaChanges ?? [])),
        HtmlParts.Section("drift", "Drift before the release", Difference(record.Drift)),
        HtmlParts.Section("risks", "Risks", HtmlParts.Lines(record.Risks)),
        HtmlParts.Section("rehearsal", "Rehearsal", HtmlParts.Lines(record.Rehearsal)),
        HtmlParts.Section("history", "History", HtmlParts.Lines(record.History)),
        HtmlParts.Section("migrator", "Migrator", record.Migrator is { } migrator ? HtmlParts.Block(migrator) : Markup.Nothing),
        HtmlParts.Section("preflight", "Preflight", Preflight(record)),
        HtmlParts.Section("tasks", "Post-migration tasks", Tasks(record.Tasks)),
        HtmlParts.Section("told", "Told", HtmlParts.Lines(record.Notices)),
        HtmlParts.Section("settings", "Settings", Settings(record)),
    ]);

    private static Markup Preflight(ReleaseRecord record)
    {
        var findings = HtmlParts.Table(["Finding", "What", "What to do"], record.Findings.Select(finding => new[]
        {
            HtmlParts.Mark(finding.Severity switch { "refusal" => "bad", "warning" => "doubtful", _ => "plain" }, finding.Severity),
            HtmlParts.Foreign(finding.Message),
            HtmlParts.Foreign(finding.Hint),
        }));
        var facts = record.Findings.Count == 0
            ? record.PreflightFacts
            : record.PreflightFacts.Where(
                fact => !record.Findings.Any(finding => fact.EndsWith(finding.Message, StringComparison.Ordinal)));
        return HtmlText.Of($"{HtmlParts.Lines(facts)}{findings}");
    }

    private static Markup Difference(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return Markup.Nothing;
        }

        var shown = lines.Take(LinesShown).Select(
            line => HtmlText.Of($"<span class=\"{(line.StartsWith('+') ? "added" : "removed")}\">{line}\n</span>"));
        var more = lines.Count > LinesShown
            ? HtmlText.Of($"<p>and {Quantity.Count(lines.Count - LinesShown, "more line")}: see the JSON beside this page</p>")
            : Markup.Nothing;
        return HtmlText.Of($"<pre class=\"difference\" dir=\"auto\">{shown}</pre>{more}");
    }

    private static Markup Tasks(IReadOnlyList<ReleaseTask> tasks)
    {
        var items = tasks.Select(Task).ToList();
        return items.Count == 0 ? Markup.Nothing : HtmlText.Of($"<ul class=\"tasks\">{items}</ul>");
    }

    private static Markup Task(ReleaseTask task)
    {
        var note = task.Note is { } text ? HtmlText.Of($": {HtmlParts.Foreign(text)}") : Markup.Nothing;
        return HtmlText.Of($"<li class=\"{(task.Done ? "done" : "open")}\">{HtmlParts.Foreign(task.Title)}{note}</li>");
    }

    private static Markup Settings(ReleaseRecord record)
    {
        var versions = record.Versions is not { } all ? Markup.Nothing : HtmlParts.Facts(
            ("Belay", HtmlText.Of($"{all.Belay}")),
            ("Server", HtmlParts.Foreign(all.Server)),
            ("Tools", HtmlParts.Foreign(all.Tools)),
            (".NET", HtmlText.Of($"{all.Runtime}")),
            ("System", HtmlParts.Foreign(all.OperatingSystem)));
        var settings = HtmlParts.Table(
            ["Setting", "Value"],
            record.Settings.Select(setting => new[] { HtmlText.Of($"<code>{setting.Key}</code>"), HtmlParts.Foreign(setting.Value) }));
        return settings.Text.Length == 0
            ? versions
            : HtmlText.Of($"{versions}<details><summary>{Quantity.Count(record.Settings.Count, "setting")}</summary>{settings}</details>");
    }
}
