using Belay.Reporting;

namespace Belay.Notices;

/// <summary>A run in words, for people in a chat room.</summary>
internal static class NoticeText
{
    private const int MostNames = 20;

    /// <summary>The text made harmless and cut; a secret is masked before the cut could take it apart.</summary>
    /// <param name="length">The most characters of the result.</param>
    public static string Bounded(string text, int length)
    {
        var harmless = HarmlessText.Of(text);
        if (harmless.Length <= length)
        {
            return harmless;
        }

        var end = char.IsHighSurrogate(harmless[length - 2]) ? length - 2 : length - 1;
        return $"{harmless[..end]}…";
    }

    /// <summary>What there is to know besides title and message.</summary>
    public static IEnumerable<(string Name, string Value)> FactsOf(NoticeEvent what, ReleaseRecord run)
    {
        (string Name, string? Value)[] facts =
        [
            ("Who", run.Actor.ToString()),
            ("Pipeline", run.Actor.RunUrl),
            ("Started", Quantity.Utc(run.StartedUtc)),
            ("Migrations", run.Migrations.Count > 0 ? Names(run) : what == NoticeEvent.Started ? null : "none applied"),
            ("Backup", run.Backup is { } backup ? $"{backup.Id}, proven by {backup.Proof}" : null),
            ("Login", run.Login?.ToString() ?? (run.NobodyLoggedIn && what != NoticeEvent.Started ? ReleaseLogin.LeftOut : null)),
            ("Way back", run.WayBack),
            ("Next", run.Hint),
        ];
        return facts.Where(fact => fact.Value is not null).Select(fact => (fact.Name, fact.Value!));
    }

    private static string Names(ReleaseRecord run)
        => string.Join(", ", run.Migrations.Take(MostNames).Select(migration => migration.Name))
            + (run.Migrations.Count > MostNames ? $" and {run.Migrations.Count - MostNames} more" : "");
}
