using Belay.Postgres;
using Belay.Settings;

namespace Belay.Releases;

/// <summary>What is doubtful in a run's settings and no fault.</summary>
internal static class SettingsWarnings
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The warnings, each with what to do.</summary>
    /// <param name="input">The texts that they were read from.</param>
    public static IEnumerable<string> Of(ReleaseSettings settings, SettingsInput input)
    {
        var open = settings.Smoke?.All.Select(test => test.Url).Where(url => url is { Scheme: "http", IsLoopback: false }) ?? [];
        foreach (var host in open.Select(url => url.Host).Distinct())
        {
            yield return $"The smoke test sends user name and password to {host} without encryption: write https:// in SMOKE_URL";
        }

        foreach (var webhook in settings.Webhooks.Where(webhook => webhook.IsOpen))
        {
            yield return $"The webhook {webhook.Name} is told of the run without encryption: write https:// in WEBHOOK_URL";
        }

        var file = Path.Combine(input.RootFolder, ".env");
        if (!OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & Others) != 0)
        {
            yield return $"{file} can be read or changed by other users of this machine: chmod 600 {file}";
        }

        if (input.Text(PostgresParameters.PgBin) is { } folder
            && !File.Exists(new PostgresTools(folder, "0", HasServer: false).PathOf("pg_dump")))
        {
            yield return $"PG_BIN names {folder}, which has no pg_dump: another installation is used, if there is one";
        }
    }
}
