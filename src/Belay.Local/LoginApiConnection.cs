using Belay.Settings;
using Npgsql;

namespace Belay.Local;

/// <summary>The login API's connection string: pooled, as an application's is.</summary>
internal static class LoginApiConnection
{
    /// <summary>The connection string for a database.</summary>
    /// <param name="target">The database, with the API's own role.</param>
    public static string StringFor(DatabaseTarget target)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = target.Hosts[0].Name,
            Port = target.Hosts[0].Port,
            Database = target.Database,
            Username = target.Username,
            Password = target.Password?.Reveal(),
            ApplicationName = "login-api",
            MaxPoolSize = 20,
        };
        if (target.Options.TryGetValue("sslmode", out var mode))
        {
            settings.SslMode = Enum.Parse<SslMode>(mode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        }

        return settings.ConnectionString;
    }
}
