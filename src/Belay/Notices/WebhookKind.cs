namespace Belay.Notices;

/// <summary>The form in which an address is told of a run.</summary>
internal enum WebhookKind
{
    /// <summary>That of the service whose host it is; JSON for any other.</summary>
    Auto,

    /// <summary>A JSON document of Belay's own.</summary>
    Json,

    /// <summary>A message of Slack's incoming webhooks.</summary>
    Slack,

    /// <summary>An adaptive card, as a workflow of Microsoft Teams takes it.</summary>
    Teams,
}
