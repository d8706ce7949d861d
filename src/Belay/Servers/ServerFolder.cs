using System.Security.Cryptography;
using Belay.Postgres;

namespace Belay.Servers;

/// <summary>The files of one private server.</summary>
/// <param name="Path">The folder's real path.</param>
internal sealed record ServerFolder(string Path)
{
    /// <summary>The cluster's data folder.</summary>
    public string Data => System.IO.Path.Combine(Path, "data");

    /// <summary>Where initdb works before the cluster is complete.</summary>
    public string UnfinishedData => System.IO.Path.Combine(Path, "data.new");

    /// <summary>The server's log.</summary>
    public string Log => System.IO.Path.Combine(Path, "server.log");

    /// <summary>The superuser's password, readable by its owner alone.</summary>
    public string Password => System.IO.Path.Combine(Path, "superuser.password");

    /// <summary>Which process started the server; see <see cref="ServerOwner"/>.</summary>
    public string Owner => System.IO.Path.Combine(Path, "owner.json");

    /// <summary>Belay's settings, included by postgresql.conf.</summary>
    public string Settings => System.IO.Path.Combine(Data, "belay.conf");

    /// <summary>Whether a complete cluster is there.</summary>
    public bool HasCluster => File.Exists(System.IO.Path.Combine(Data, "PG_VERSION"));

    /// <summary>The file that a running server keeps with its process's number and port.</summary>
    public string PostmasterFile => System.IO.Path.Combine(Data, "postmaster.pid");

    /// <summary>The running server's process and port; null when none runs on this data folder.</summary>
    public (ProcessIdentity Process, int Port)? Running()
    {
        var lines = ReadPostmasterFile();
        if (lines.Length < 4
            || !int.TryParse(lines[0], out var id)
            || !int.TryParse(lines[3], out var port)
            || ProcessIdentity.Of(id) is not { } process)
        {
            return null;
        }

        // After a crash the number in the file may belong to any other program by now; a server's working folder is its data folder.
        var elsewhere = ProcessFolder.Link(id, "cwd") is { } working && working != Data;
        return elsewhere ? null : (process, port);
    }

    /// <summary>The superuser's password.</summary>
    /// <exception cref="PostgresServerException">The file is gone.</exception>
    public Secret ReadPassword() => File.Exists(Password)
        ? new Secret(File.ReadAllText(Password).Trim())
        : throw new PostgresServerException(
            $"The cluster in {Path} has lost its password file {Password}.", $"remove the folder {Path} to start with a new cluster");

    /// <summary>Writes a new random password.</summary>
    public void WriteNewPassword()
    {
        File.Delete(Password);
        PrivateFile.Write(Password, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
    }

    private string[] ReadPostmasterFile()
    {
        try
        {
            return File.ReadAllLines(PostmasterFile);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }
}
