using System.Globalization;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Servers;
using Npgsql;

namespace Belay.Backups.Proving;

/// <summary>Restores a backup into a scratch server and compares what is there with what was dumped.</summary>
internal sealed class RestoredProof(PostgresTools tools, string folder, TimeProvider timeProvider)
{
    private const string Database = "belay_restored";

    /// <summary>Restores while downloading; the server is gone afterwards.</summary>
    /// <exception cref="BackupException">It does not restore here.</exception>
    /// <exception cref="DamagedDumpException">The downloaded bytes are not those that were written, or what was restored differs.</exception>
    public async Task<IReadOnlyList<ProofEvidence>> ProveAsync(BackupManifest manifest, IDumpReader reader, CancellationToken cancellationToken)
    {
        DemandSameMajor(manifest);
        await using var server = await ScratchServer.StartAsync(tools, folder, cancellationToken);
        await using (var connection = await new DatabaseConnector(server.Target("postgres")).OpenAsync("proof", cancellationToken))
        {
            await PrepareAsync(connection, manifest.Owners, cancellationToken);
        }

        var started = timeProvider.GetTimestamp();
        var read = await reader.RestoreAsync(server.Target(Database), cancellationToken);
        var seconds = timeProvider.GetElapsedTime(started).TotalSeconds;
        await using var restored = await new DatabaseConnector(server.Target(Database)).OpenAsync("proof", cancellationToken);
        List<string> facts = [$"restored into PostgreSQL {tools.Version} in {Quantity.Duration(TimeSpan.FromSeconds(seconds))}"];
        facts.AddRange(await RestoredComparison.CompareAsync(restored, manifest, cancellationToken));
        facts.Add(await AmcheckRun.RunAsync(tools, server.Target(Database), cancellationToken));
        var now = timeProvider.GetUtcNow();
        return
        [
            new ProofEvidence(ProofLevel.Readback, now, read, seconds),
            new ProofEvidence(ProofLevel.Restored, now, facts, seconds),
        ];
    }

    private void DemandSameMajor(BackupManifest manifest)
    {
        var major = int.Parse(new string([.. manifest.ServerVersion.TakeWhile(char.IsAsciiDigit)]), CultureInfo.InvariantCulture);
        if (!tools.HasServer || tools.Major != major)
        {
            throw new BackupException(
                $"Backup {manifest.Id} is of PostgreSQL {major}; proof level restored needs a server of that version, {tools.Folder} has {(tools.HasServer ? "PostgreSQL " + tools.Version : "none")}.",
                $"Install the package postgresql-{major}, or set PG_BIN to the folder that has it.");
        }
    }

    /// <summary>Restoring commands name roles; a missing one would stop the restore and say nothing of the data.</summary>
    private static async Task PrepareAsync(NpgsqlConnection connection, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        var present = await connection.RowsAsync("SELECT rolname::text FROM pg_catalog.pg_roles", row => row.GetString(0), cancellationToken);
        foreach (var role in roles.Except(present, StringComparer.Ordinal))
        {
            await connection.ExecuteAsync($"CREATE ROLE \"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\" NOLOGIN", cancellationToken);
        }

        await connection.ExecuteAsync($"CREATE DATABASE {Database} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'", cancellationToken);
    }
}
