using Belay.Releases;
using Belay.Releases.Recording;
using Belay.Settings;

namespace Belay.Tests.Releases.Recording;

public sealed class GivenSettingsTests
{
    [Theory]
    [InlineData("https://api.example.com/login?key=hidden-part#hidden-part", "https://api.example.com/login")]
    [InlineData("https://ann:hidden-part@api.example.com/login", "https://api.example.com/login")]
    [InlineData("hidden-part", "no address")]
    public void An_address_is_recorded_without_what_may_be_a_key(string address, string expected)
        => Assert.Equal(expected, Of(("smoke-url", address))["smoke-url"]);

    [Fact]
    public void Addresses_with_secrets_secrets_and_bodies_are_left_out_and_what_was_not_given_has_its_default()
    {
        var settings = Of(
            ("smoke-body", "hidden-part"), ("smoke-header", "hidden-part"), ("smoke-password", "hidden-part"),
            ("backup-store", "https://a/b?sig=hidden-part"), ("lock-timeout", "7s"));

        Assert.DoesNotContain(settings.Values, value => value.Contains("hidden-part", StringComparison.Ordinal));
        Assert.Equal(("7s", "7", "the store"), (settings["lock-timeout"], settings["retention-days"], settings["backup-store"]));
    }

    private static SortedDictionary<string, string> Of(params (string Name, string Text)[] given) => GivenSettings.Of(
        ReleaseParameters.All,
        new SettingsInput
        {
            RootFolder = "/",
            Environment = new Dictionary<string, string> { ["DATABASE_URL"] = "postgresql://ann:hidden-part@host/app" },
            Given = given.ToDictionary(one => one.Name, one => one.Text),
        },
        "the store");
}
