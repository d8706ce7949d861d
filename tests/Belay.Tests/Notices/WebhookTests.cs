using Belay.Notices;
using Belay.Settings;
using Belay.Tests.Support;

namespace Belay.Tests.Notices;

public sealed class WebhookTests
{
    [Theory]
    [InlineData("https://hooks.slack.com/services/T0/B0/wht-word-of-slack", "https://hooks.slack.com/***", "Slack")]
    [InlineData("https://p.weu.logic.azure.com:443/workflows/a?sig=wht-word-of-logic", "https://p.weu.logic.azure.com/***", "Teams")]
    [InlineData("https://d1.e.environment.api.powerplatform.com/p/wht-word", "https://d1.e.environment.api.powerplatform.com/***", "Teams")]
    [InlineData("https://shop.webhook.office.com/webhookb2/wht-word-of-office", "https://shop.webhook.office.com/***", "Teams")]
    [InlineData("http://[::1]:8080/wht-word-of-six", "http://[::1]:8080/***", "Json")]
    [InlineData("https://hooks.slack.com.evil.example/wht-word-of-evil", "https://hooks.slack.com.evil.example/***", "Json")]
    public void The_form_goes_by_the_host_and_the_name_shows_no_more_than_that(string address, string name, string kind)
    {
        var faults = new SettingsFaults();

        var webhook = Assert.Single(Webhook.Read(Input(address), faults));

        faults.ThrowIfAny();
        Assert.Equal((name, kind), (webhook.Name, webhook.Kind.ToString()));
        Assert.DoesNotContain("wht-word", webhook.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("wht-word", Redaction.Apply($"{address} and {new Uri(address).PathAndQuery}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_stand_with_blanks_between_them_and_a_kind_that_is_given_goes_for_all()
    {
        var faults = new SettingsFaults();

        var webhooks = Webhook.Read(
            Input(" https://one.example/wht-first-a\n https://two.example/wht-second https://one.example/wht-first-a ")
                .With(("webhook-kind", "slack")),
            faults);

        faults.ThrowIfAny();
        Assert.Equal([("https://one.example/***", WebhookKind.Slack), ("https://two.example/***", WebhookKind.Slack)],
            webhooks.Select(webhook => (webhook.Name, webhook.Kind)));
    }

    [Theory]
    [InlineData("ftp://one.example/wht-refused-ftp", "WEBHOOK_URL is no address that starts with https:// or http://")]
    [InlineData("wht-refused-word", "WEBHOOK_URL is no address that starts with https:// or http://")]
    [InlineData(
        "https://wht-user:wht-pass-word@one.example/x", "WEBHOOK_URL holds a user: name and password have settings of their own")]
    public void What_is_no_address_is_refused_and_not_repeated(string address, string expected)
    {
        var faults = new SettingsFaults();

        Assert.Empty(Webhook.Read(Input(address), faults));

        var refused = Assert.Throws<SettingsException>(() => faults.ThrowIfAny());
        Assert.Equal(expected, refused.Message);
    }

    [Fact]
    public void It_is_taken_from_the_environment_alone()
        => Assert.Equal(ParameterSources.Environment, NoticeParameters.WebhookUrl.Sources);

    private static SettingsInput Input(string address) => new()
    {
        RootFolder = "/",
        Environment = new Dictionary<string, string> { ["WEBHOOK_URL"] = address },
    };
}
