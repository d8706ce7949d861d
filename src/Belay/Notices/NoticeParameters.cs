using Belay.Settings;

namespace Belay.Notices;

/// <summary>Who is told of a run.</summary>
internal static class NoticeParameters
{
    /// <summary>The addresses that are told, which are secrets: whoever knows one can write there.</summary>
    public static Parameter<string?> WebhookUrl { get; } = Declare.Secret(
        "webhook-url", "Addresses that are told of the start and the end of a run, with blanks between them")
        .SeeAlso("docs/monitoring.md#webhooks");

    /// <summary>The form in which they are told.</summary>
    public static Parameter<WebhookKind> WebhookKind { get; } = Declare.Choice(
        "webhook-kind",
        "The form of what WEBHOOK_URL gets: auto, which goes by the address; json, slack or teams",
        Notices.WebhookKind.Auto,
        Enum.GetValues<WebhookKind>()).SeeAlso("docs/monitoring.md#webhooks");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [WebhookKind, WebhookUrl];
}
