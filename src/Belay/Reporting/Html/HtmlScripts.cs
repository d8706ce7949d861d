using Belay.Migrations.Observation;

namespace Belay.Reporting.Html;

/// <summary>The SQL that ran, with what the server said and for whom it waited.</summary>
internal static class HtmlScripts
{
    /// <summary>The section; nothing when no script ran.</summary>
    public static Markup Of(ReleaseRecord record) => HtmlParts.Section("sql", "SQL", Markup.Join(record.Scripts.Select(Script)));

    private static Markup Script(TracedScript script)
    {
        var outcome = script.Completed ? HtmlParts.Mark("good", "done") : HtmlParts.Mark("bad", "did not come to its end");
        var attempts = script.Attempts > 1 ? HtmlText.Of($", {Quantity.Count(script.Attempts, "attempt")}") : Markup.Nothing;
        var more = script.StatementsLeftOut > 0
            ? HtmlText.Of($"<p>and {Quantity.Count(script.StatementsLeftOut, "more statement")}</p>")
            : Markup.Nothing;
        return HtmlText.Of(
            $"""
            <details open><summary><span class="file">{HtmlParts.Foreign(script.FileName)}</span> {outcome} <span class="took">{HtmlParts.Duration(script.Seconds)}{attempts}</span></summary>
            {Waits(script)}{script.Statements.Select(Statement)}{more}</details>

            """);
    }

    private static Markup Waits(TracedScript script)
        => script.LockWaits.Count == 0
            ? Markup.Nothing
            : HtmlText.Of($"<div class=\"locks\"><h3>Locks</h3>{HtmlParts.Lines(script.LockWaits)}</div>");

    private static Markup Statement(TracedStatement statement)
    {
        var rows = statement.Rows is { } count ? HtmlText.Of($", {Quantity.Count(count, "row")}") : Markup.Nothing;
        var failed = statement.Completed ? Markup.Nothing : HtmlText.Of($" {HtmlParts.Mark("bad", "failed")}");
        string[] left = statement.NoticesLeftOut > 0 ? [$"and {Quantity.Count(statement.NoticesLeftOut, "more notice")}"] : [];
        var notices = statement.Notices.Count == 0
            ? Markup.Nothing
            : HtmlText.Of($"<div class=\"notices\">{HtmlParts.Lines(statement.Notices.Concat(left))}</div>");
        return HtmlText.Of(
            $"""
            <div class="statement"><p class="about">line {statement.Line}: {HtmlParts.Duration(statement.Seconds)}{rows}{failed}</p>
            {HtmlText.Of($"<pre class=\"sql\" dir=\"auto\">{statement.Sql}</pre>")}{notices}</div>

            """);
    }
}
