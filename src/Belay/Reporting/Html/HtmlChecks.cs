namespace Belay.Reporting.Html;

/// <summary>The checks, each with what it demands and what it returned, and the logins.</summary>
internal static class HtmlChecks
{
    private const int RowsShown = 50;

    /// <summary>The sections; nothing when nothing was checked.</summary>
    public static Markup Of(ReleaseRecord record) => Markup.Join(
    [
        HtmlParts.Section("checks", "Checks", Markup.Join(record.Checks.OrderBy(check => check.Passed).Select(Check))),
        HtmlParts.Section("login", "Login", Logins(record)),
    ]);

    private static Markup Check(ReleaseCheck check)
    {
        var outcome = (check.Passed, check.IsReport) switch
        {
            (true, true) => HtmlParts.Mark("plain", "report"),
            (true, _) => HtmlParts.Mark("good", "passed"),
            _ => HtmlParts.Mark(check.IsEarlier ? "doubtful" : "bad", check.IsEarlier ? "fails, of an earlier release" : "failed"),
        };
        var place = check.File is { } file
            ? HtmlText.Of($"<p class=\"about\">{HtmlParts.Foreign(file)}, line {check.Line ?? 0}</p>")
            : Markup.Nothing;
        var sql = check.Sql is { } query ? HtmlText.Of($"<pre class=\"sql\" dir=\"auto\">{query}</pre>") : Markup.Nothing;
        return HtmlText.Of(
            $"""
            <details{(check.Passed ? Markup.Nothing : new Markup(" open"))}><summary>{outcome} {HtmlParts.Foreign(check.Title)}</summary>
            {place}{HtmlParts.Lines(check.Differences)}{sql}{Expected(check)}{Actual(check)}</details>

            """);
    }

    private static Markup Expected(ReleaseCheck check)
        => check.Expected.Count == 0
            ? Markup.Nothing
            : HtmlText.Of($"<h3>Expected</h3>{HtmlParts.Block(string.Join('\n', check.Expected))}");

    private static Markup Actual(ReleaseCheck check)
    {
        if (check.ActualCount is not { } count)
        {
            return Markup.Nothing;
        }

        var rows = check.Actual.Take(RowsShown).Select(row => row.Select(HtmlParts.Foreign));
        var more = count > RowsShown ? HtmlText.Of($"<p>{Quantity.Count(count, "row")} in all</p>") : Markup.Nothing;
        return count == 0
            ? HtmlText.Of($"<h3>Actual</h3><p>no rows</p>")
            : HtmlText.Of($"<h3>Actual</h3>{HtmlParts.Table(check.Columns, rows)}{more}");
    }

    private static Markup Logins(ReleaseRecord record)
        => record.Login is not { } first
            ? record.NobodyLoggedIn ? HtmlText.Of($"<p>{ReleaseLogin.LeftOut}</p>") : Markup.Nothing
            : Markup.Join(first.All.Select(login => HtmlParts.Facts(
                ("Test", login.Name is { } name ? HtmlParts.Foreign(name) : null),
                ("Before", HtmlParts.Foreign(login.Before ?? "not tried")),
                ("After", HtmlParts.Foreign(login.After ?? "not reached")),
                ("Outcome", login.Passed ? HtmlParts.Mark("good", "passed") : HtmlParts.Mark("bad", "not passed")))));
}
