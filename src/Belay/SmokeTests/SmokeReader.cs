using Belay.Settings;

namespace Belay.SmokeTests;

/// <summary>Reads how the smoke test logs in.</summary>
internal static class SmokeReader
{
    /// <summary>The settings; null when they are not required or have a fault.</summary>
    /// <param name="input">The run's texts.</param>
    /// <param name="required">Whether the run logs in. The deadline is looked at anyway, because it is a parameter.</param>
    /// <param name="faults">Takes the faults.</param>
    public static SmokeSettings? Read(SettingsInput input, bool required, SettingsFaults faults)
    {
        var deadline = input.Read(SmokeParameters.SmokeDeadline, faults);
        if (!required)
        {
            return null;
        }

        var url = faults.Collect(() => ReadUrl(input));
        var username = Demand(input, "SMOKE_USERNAME", faults);
        var password = Demand(input, "SMOKE_PASSWORD", faults);
        if (url is null || username is null || password is null)
        {
            return null;
        }

        return new SmokeSettings
        {
            Url = url,
            Username = username,
            Password = new Secret(input.Environment["SMOKE_PASSWORD"]),
            TokenField = input.Text(SmokeParameters.SmokeTokenField) ?? input.Variable("SMOKE_TOKEN_FIELD"),
            Deadline = deadline,
        };
    }

    private static Uri ReadUrl(SettingsInput input)
    {
        var text = input.Text(SmokeParameters.SmokeUrl) ?? input.Variable("SMOKE_URL");
        return HttpAddress.Read("SMOKE_URL", text ?? throw new SettingsException(
            "SMOKE_URL environment variable not set", "export SMOKE_URL=\"https://your-api-url/api/v1/auth/login\", or --smoke-url"));
    }

    private static string? Demand(SettingsInput input, string name, SettingsFaults faults)
    {
        var value = input.Variable(name);
        if (value is null)
        {
            faults.Add($"{name} environment variable not set", $"export {name}=… with the {(name == "SMOKE_USERNAME" ? "name" : "password")} of a user made for the smoke test");
        }

        return value;
    }
}
