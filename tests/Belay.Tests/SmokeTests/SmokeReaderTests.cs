using Belay.Settings;
using Belay.SmokeTests;

namespace Belay.Tests.SmokeTests;

public sealed class SmokeReaderTests
{
    [Fact]
    public void A_health_check_needs_no_user()
    {
        var faults = new SettingsFaults();

        var settings = SmokeReader.Read(
            Input(("smoke-url", "https://a/health"), ("smoke-mode", "health"), ("smoke-method", "head"), ("smoke-status", "204")),
            required: true,
            faults);

        faults.ThrowIfAny();
        Assert.Equal(
            (SmokeMode.Health, "HEAD", 204, ""), (settings!.Mode, settings.Method, settings.Status, settings.Username));
    }

    [Theory]
    [InlineData("smoke-method", "GET /", "--smoke-method is \"GET /\": it must be a word like GET or POST")]
    [InlineData("smoke-status", "600", "--smoke-status is \"600\": it must be a whole number from 100 to 599")]
    [InlineData("smoke-status", "ok", "--smoke-status is \"ok\": it must be a whole number from 100 to 599")]
    [InlineData("smoke-mode", "ping", "--smoke-mode is \"ping\": it must be login or health")]
    public void Refuses_what_no_request_can_have_whether_or_not_it_runs(string name, string text, string expected)
    {
        var faults = new SettingsFaults();

        SmokeReader.Read(Input((name, text)), required: false, faults);

        Assert.Equal(expected, Assert.Throws<SettingsException>(() => faults.ThrowIfAny()).Message);
    }

    [Theory]
    [InlineData("the-key-of-this-test")]
    [InlineData("X-Api-Key: the-kéy-of-this-test")]
    [InlineData("X-Api-Key: the-key-of\u0007-this-test")]
    [InlineData("content-length: 5")]
    public void Refuses_a_header_that_no_request_can_have_and_does_not_repeat_it(string header)
    {
        var faults = new SettingsFaults();
        var input = new SettingsInput
        {
            RootFolder = "/", Environment = new Dictionary<string, string> { ["SMOKE_HEADER"] = header },
        };

        SmokeReader.Read(input, required: false, faults);

        Assert.Equal(
            "SMOKE_HEADER has a line that is no header", Assert.Throws<SettingsException>(() => faults.ThrowIfAny()).Message);
    }

    private static SettingsInput Input(params (string Name, string Text)[] given) => new()
    {
        RootFolder = "/",
        Environment = new Dictionary<string, string>(),
        Given = given.ToDictionary(one => one.Name, one => one.Text),
    };
}
