using Belay.Settings;

namespace Belay.SmokeTests;

/// <summary>Reads how the smoke test logs in.</summary>
internal static class SmokeReader
{
    /// <summary>The settings; null when they are not required or have a fault.</summary>
    /// <param name="required">Whether the run logs in. The deadline is looked at anyway, because it is a parameter.</param>
    public static SmokeSettings? Read(SettingsInput input, bool required, SettingsFaults faults)
    {
        var deadline = input.Read(SmokeParameters.SmokeDeadline, faults);
        if (!required)
        {
            return null;
        }

        var url = faults.Collect(() => ReadUrl(input));
        var username = Demand(input, SmokeParameters.SmokeUsername, faults);
        var password = Demand(input, SmokeParameters.SmokePassword, faults);
        if (url is null || username is null || password is null)
        {
            return null;
        }

        return new SmokeSettings
        {
            Url = url,
            Username = username,
            Password = new Secret(input.Environment.GetValueOrDefault(SmokeParameters.SmokePassword.Variable, password)),
            TokenField = input.Text(SmokeParameters.SmokeTokenField),
            Deadline = deadline,
        };
    }

    private static Uri ReadUrl(SettingsInput input)
    {
        var text = input.Text(SmokeParameters.SmokeUrl);
        return HttpAddress.Read("SMOKE_URL", text ?? throw new SettingsException(
            "SMOKE_URL environment variable not set", "export SMOKE_URL=\"https://your-api-url/api/v1/auth/login\", or --smoke-url"));
    }

    private static string? Demand(SettingsInput input, Parameter parameter, SettingsFaults faults)
    {
        var value = input.Text(parameter);
        if (value is null)
        {
            faults.Add(
                $"{parameter.Variable} environment variable not set",
                $"export {parameter.Variable}=… with the {(parameter.IsSecret ? "password" : "name")} of a user made for the smoke test");
        }

        return value;
    }
}
