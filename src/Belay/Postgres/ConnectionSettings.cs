using Belay.Settings;
using Npgsql;

namespace Belay.Postgres;

/// <summary>Turns a target database into Npgsql's connection settings.</summary>
internal static class ConnectionSettings
{
    /// <summary>The settings for a target: unpooled, with details of errors, without reading PG* variables for what the target says.</summary>
    /// <param name="target">The database.</param>
    public static NpgsqlConnectionStringBuilder From(DatabaseTarget target) => new()
    {
        Host = string.Join(',', target.Hosts.Select(host => host.Name.StartsWith('/') ? host.Name : host.ToString())),
        Port = target.Hosts[0].Port,
        Database = target.Database,
        Username = target.Username,
        Password = target.Password?.Reveal(),
        Pooling = false,
        IncludeErrorDetail = true,
        KeepAlive = 30,
        CommandTimeout = 0,
    };
}
