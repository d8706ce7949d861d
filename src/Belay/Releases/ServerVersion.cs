using Belay.Postgres;
using Belay.Settings;

namespace Belay.Releases;

/// <summary>The version of the server that a release would go to, for who prepares a machine before one.</summary>
public static class ServerVersion
{
    /// <summary>Asks the server and sets nothing in its session.</summary>
    /// <returns>The major version: 15 for 15.18.</returns>
    /// <exception cref="SettingsException">The database's address is missing or wrong.</exception>
    /// <exception cref="DatabaseUnreachableException">The server did not answer.</exception>
    public static async Task<int> ReadMajorAsync(SettingsInput input, CancellationToken cancellationToken)
    {
        var target = SettingsReader.Read(input, SettingParts.Database).Database!;
        var server = await new DatabaseConnector(target).ReadAsync(
            "preflight", connection => DatabaseReader.ReadServerAsync(connection, cancellationToken), cancellationToken);
        return server.Major;
    }
}
