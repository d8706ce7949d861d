using Belay.Settings;

namespace Belay.Notices;

/// <summary>An address that is told of a run.</summary>
/// <param name="Address">The whole address, which is a secret.</param>
/// <param name="Name">What of it may be shown: <c>https://hooks.slack.com/***</c>.</param>
/// <param name="Kind">Never <see cref="WebhookKind.Auto"/>.</param>
internal sealed record Webhook(Secret Address, string Name, WebhookKind Kind)
{
    private const int ShortestPath = 8;

    private static readonly string[] SlackHosts = ["hooks.slack.com", "hooks.slack-gov.com"];

    // A workflow's address is of Power Automate, which had another host before; the last is that of the connectors before workflows.
    private static readonly string[] TeamsEndings = [".api.powerplatform.com", ".logic.azure.com", ".webhook.office.com"];

    /// <summary>Whether it goes over the network without encryption.</summary>
    public bool IsOpen => new Uri(Address.Reveal()) is { Scheme: "http", IsLoopback: false };

    /// <summary>Reads the addresses; nothing when none is set.</summary>
    public static IReadOnlyList<Webhook> Read(SettingsInput input, SettingsFaults faults)
    {
        var kind = input.Read(NoticeParameters.WebhookKind, faults);
        var addresses = input.Text(NoticeParameters.WebhookUrl)?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return [.. addresses.Distinct(StringComparer.Ordinal).Select(address => Read(address, kind, faults)).OfType<Webhook>()];
    }

    private static Webhook? Read(string address, WebhookKind kind, SettingsFaults faults)
    {
        var secret = new Secret(address);
        var read = faults.Collect(() => HttpAddress.Read(NoticeParameters.WebhookUrl.Variable, address));
        if (read is null)
        {
            return null;
        }

        // A service may answer with the path alone, which is the secret part.
        _ = read.PathAndQuery.Length >= ShortestPath ? new Secret(read.PathAndQuery) : null;
        var name = $"{read.Scheme}://{read.Authority}/{Redaction.Mask}";
        return new Webhook(secret, name, kind == WebhookKind.Auto ? KindOf(read.Host) : kind);
    }

    private static WebhookKind KindOf(string host)
        => SlackHosts.Contains(host, StringComparer.OrdinalIgnoreCase) ? WebhookKind.Slack
            : TeamsEndings.Any(ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? WebhookKind.Teams
            : WebhookKind.Json;
}
