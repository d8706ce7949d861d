using System.Text.Json;
using Belay.Postgres;

namespace Belay.Servers;

/// <summary>Which process started a private server, so that a later run can tell a leftover from a server in use.</summary>
/// <param name="Owner">The process that stops the server at its end; null for a server that is meant to run on.</param>
/// <param name="Tools">The programs that the server was started with.</param>
internal sealed record ServerOwner(ProcessIdentity? Owner, PostgresTools Tools)
{
    /// <summary>Whether the server's owner ended without stopping it.</summary>
    public bool IsDead => Owner is { IsRunning: false };

    /// <summary>Reads the file; null when it is not there or damaged.</summary>
    public static ServerOwner? Read(ServerFolder folder)
    {
        try
        {
            return File.Exists(folder.Owner) ? JsonSerializer.Deserialize<ServerOwner>(File.ReadAllText(folder.Owner)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the file.</summary>
    public void Write(ServerFolder folder) => PrivateFile.Write(folder.Owner, JsonSerializer.Serialize(this));
}
