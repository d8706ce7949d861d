using System.Globalization;
using Belay.Settings;

namespace Belay.SmokeTests;

/// <summary>Reads how the smoke test logs in.</summary>
internal static class SmokeReader
{
    /// <summary>The settings; null when they are not required or have a fault.</summary>
    /// <param name="required">Whether the run logs in. The deadline is looked at anyway, because it is a parameter.</param>
    public static SmokeSettings? Read(SettingsInput input, bool required, SettingsFaults faults)
    {
        var further = required ? SmokeFile.Read(input, ReadOne, faults) : [];
        if (required && input.Text(SmokeParameters.SmokeUrl) is null && input.Text(SmokeParameters.SmokeFile) is not null)
        {
            return further is [var leading, ..] ? leading with { Further = [.. further.Skip(1)] } : null;
        }

        return ReadOne(input, required, faults) is { } first ? first with { Further = further } : null;
    }

    private static SmokeSettings? ReadOne(SettingsInput input, SettingsFaults faults) => ReadOne(input, required: true, faults);

    private static SmokeSettings? ReadOne(SettingsInput input, bool required, SettingsFaults faults)
    {
        var deadline = input.Read(SmokeParameters.SmokeDeadline, faults);
        var mode = input.Read(SmokeParameters.SmokeMode, faults);
        var method = ReadMethod(input, faults);
        var status = ReadStatus(input, faults);
        var headers = ReadHeaders(input, faults);
        if (!required)
        {
            return null;
        }

        var url = faults.Collect(() => ReadUrl(input));
        var isLogin = mode == SmokeMode.Login;
        var username = isLogin ? Demand(input, SmokeParameters.SmokeUsername, faults) : "";
        var password = isLogin ? Demand(input, SmokeParameters.SmokePassword, faults) : "";
        if (url is null || username is null || password is null)
        {
            return null;
        }

        return new SmokeSettings
        {
            Url = url,
            Mode = mode,
            Method = method,
            Body = input.Text(SmokeParameters.SmokeBody),
            Headers = headers is null ? null : new Secret(headers),
            Status = status,
            Username = username,
            Password = new Secret(input.Environment.GetValueOrDefault(SmokeParameters.SmokePassword.Variable, password)),
            TokenField = input.Text(SmokeParameters.SmokeTokenField),
            Deadline = deadline,
        };
    }

    private static string? ReadMethod(SettingsInput input, SettingsFaults faults)
    {
        if (input.Text(SmokeParameters.SmokeMethod)?.Trim() is not { } text || text.All(char.IsAsciiLetter))
        {
            return input.Text(SmokeParameters.SmokeMethod)?.Trim().ToUpperInvariant();
        }

        faults.Add($"--smoke-method is \"{text}\": it must be a word like GET or POST");
        return null;
    }

    private static int? ReadStatus(SettingsInput input, SettingsFaults faults)
    {
        if (input.Text(SmokeParameters.SmokeStatus)?.Trim() is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and <= 599)
        {
            return status;
        }

        faults.Add($"--smoke-status is \"{text}\": it must be a whole number from 100 to 599");
        return null;
    }

    private static string? ReadHeaders(SettingsInput input, SettingsFaults faults)
    {
        var text = input.Text(SmokeParameters.SmokeHeader);
        try
        {
            _ = SmokeRequest.HeadersIn(text);
            return text;
        }
        catch (FormatException)
        {
            faults.Add(
                "SMOKE_HEADER has a line that is no header",
                "export SMOKE_HEADER='X-Api-Key: …', each header on a line of its own, in ASCII and without Content-Length");
            return null;
        }
    }

    private static Uri ReadUrl(SettingsInput input)
    {
        var text = input.Text(SmokeParameters.SmokeUrl);
        return HttpAddress.Read("SMOKE_URL", text ?? throw new SettingsException(
            "SMOKE_URL environment variable not set",
            "export SMOKE_URL=\"https://your-api-url/api/v1/auth/login\", or --smoke-url; --smoke-mode health needs no user; "
                + "--skip SmokeTest leaves the login out, and the record says so"));
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
