using System.Text.Json;
using Belay.Reporting;

namespace Belay.Notices;

/// <summary>A notice in the form of a kind of webhook.</summary>
internal static class NoticeBody
{
    private const int LongestText = 1500;

    private static readonly JsonSerializerOptions Options = new(ReleaseJson.Options) { WriteIndented = false };

    /// <summary>The body as JSON.</summary>
    public static string Of(Notice notice, WebhookKind kind) => JsonSerializer.Serialize(
        kind switch
        {
            WebhookKind.Slack => SlackMessage.Of(notice),
            WebhookKind.Teams => TeamsCard.Of(notice),
            _ => Document(notice),
        },
        Options);

    private static object Document(Notice notice) => new
    {
        Format = 1,
        Event = WordList.Of(notice.Event),
        notice.Title,
        notice.Run.RunId,
        notice.Run.Targets,
        notice.Run.Database,
        Actor = new { notice.Run.Actor.User, notice.Run.Actor.Host, notice.Run.Actor.RunUrl },
        notice.Run.StartedUtc,
        FinishedUtc = notice.Event == NoticeEvent.Started ? (DateTimeOffset?)null : notice.Run.FinishedUtc,
        ExitCode = notice.Event == NoticeEvent.Started ? (int?)null : notice.Run.ExitCode,
        notice.Message,
        Hint = Bounded(notice.Run.Hint),
        Backup = notice.Run.Backup is { } backup
            ? new { backup.Id, backup.Store, SizeBytes = backup.Size, backup.Proof, backup.KeepUntilUtc }
            : null,
        Migrations = notice.Run.Migrations.Take(100).Select(migration => migration.Name),
        Login = notice.Run.Login is { } login ? new { login.Before, login.After, Passed = login.AllPassed } : null,
        notice.Run.NobodyLoggedIn,
        WayBack = Bounded(notice.Run.WayBack),
    };

    private static string? Bounded(string? text) => text is null ? null : NoticeText.Bounded(text, LongestText);
}
