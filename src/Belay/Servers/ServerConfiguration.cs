namespace Belay.Servers;

/// <summary>The settings that Belay gives a private server, as an included file so that no shell sees their values.</summary>
internal static class ServerConfiguration
{
    /// <summary>The file's text.</summary>
    public static string Text(PostgresServerOptions options, int port)
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = $"{port}",
            // A path for a socket may have 107 bytes at most, which a checkout in a deep folder exceeds; TCP has no such limit.
            ["unix_socket_directories"] = "",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["lc_messages"] = "C",
        };
        if (!options.Durable)
        {
            // synchronous_commit stays on: a server that crashes alone, as in tests, must keep what it confirmed.
            settings["fsync"] = settings["full_page_writes"] = "off";

            // With hundreds of short-lived databases, or while a dump is restored, its workers only take time from what is waited for.
            settings["autovacuum"] = "off";
        }

        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }

        return string.Concat(
            settings.Select(setting => $"{setting.Key} = '{setting.Value.Replace("'", "''", StringComparison.Ordinal)}'\n"));
    }
}
