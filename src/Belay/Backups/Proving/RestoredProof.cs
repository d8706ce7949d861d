using System.Globalization;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Servers;
using Belay.Settings;
using Npgsql;

namespace Belay.Backups.Proving;

/// <summary>Restores a backup into a scratch server and compares what is there with what was dumped.</summary>
internal sealed class RestoredProof(PostgresTools tools, string folder, TimeProvider timeProvider)
{
    /// <summary>What else is done with the restored database while it is there; null for nothing.</summary>
    public RestoredUse? Use { get; init; }

    /// <summary>Takes what was not checked.</summary>
    public required IReleaseOutput Output { get; init; }

    /// <summary>The programs that restore.</summary>
    public required PostgresTools Restoring { get; init; }

    /// <summary>Opens the server that it is restored into; null for one of our own.</summary>
    public Func<CancellationToken, Task<IScratchServer>>? Scratch { get; init; }

    /// <summary>Restores while downloading; the server is gone afterwards.</summary>
    /// <exception cref="BackupException">It does not restore here.</exception>
    /// <exception cref="DamagedDumpException">The downloaded bytes are not those that were written, or
    /// what was restored differs.</exception>
    public async Task<IReadOnlyList<ProofEvidence>> ProveAsync(
        BackupManifest manifest, IDumpReader reader, CancellationToken cancellationToken)
    {
        DemandPrograms(manifest);
        DemandServer(manifest);
        reader.Begin(cancellationToken);
        await using var server = await StartAsync(cancellationToken);
        var (made, quiet) = await CreateAsync(server, manifest, cancellationToken);
        await ProvideRolesAsync(server, quiet, manifest, cancellationToken);
        var started = timeProvider.GetTimestamp();
        var read = await RestoreAsync(reader, quiet, made, cancellationToken);
        var seconds = timeProvider.GetElapsedTime(started).TotalSeconds;
        List<string> facts = [$"restored into PostgreSQL {server.Version} in {Quantity.Duration(TimeSpan.FromSeconds(seconds))}", made];
        facts.AddRange(await CheckAsync(quiet, manifest, cancellationToken));
        await UseAsync(server, cancellationToken);
        var now = timeProvider.GetUtcNow();
        return
        [
            new ProofEvidence(ProofLevel.Readback, now, read, seconds),
            new ProofEvidence(manifest.RowCounts is null ? ProofLevel.RestoredUncounted : ProofLevel.Restored, now, facts, seconds),
        ];
    }

    /// <summary>All of it reads, so it is done at once. Damage that the comparison finds is told before any other.</summary>
    private async Task<IReadOnlyList<string>> CheckAsync(
        DatabaseTarget restored, BackupManifest manifest, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> compared = [];
        var amcheck = "";
        await AtOnce.RunAsync(
            [
                async token => compared = await CompareAsync(restored, manifest, token),
                async token => amcheck = await new AmcheckRun(tools, Output).RunAsync(restored, token),
                token => Use?.Meanwhile(restored, token) ?? Task.CompletedTask,
            ],
            cancellationToken);
        return [.. compared, amcheck];
    }

    private static async Task<IReadOnlyList<string>> CompareAsync(
        DatabaseTarget restored, BackupManifest manifest, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(restored).OpenAsync("proof", cancellationToken);
        return await RestoredComparison.CompareAsync(connection, manifest, cancellationToken);
    }

    /// <summary>No connection is open by then: it would end with the server's restart.</summary>
    private async Task UseAsync(IScratchServer server, CancellationToken cancellationToken)
    {
        if (Use is { } use)
        {
            await server.SettleAsync(cancellationToken);
            await use.RunAsync(server, cancellationToken);
        }
    }

    private async Task<IScratchServer> StartAsync(CancellationToken cancellationToken) => Scratch is not null
        ? await Scratch(cancellationToken)
        : await ScratchServer.StartAsync(tools, folder, timeProvider, cancellationToken);

    private void DemandPrograms(BackupManifest manifest)
    {
        if (RestorePrograms.FindFault(Restoring, manifest, RestorePrograms.MajorOf(manifest.ServerVersion)) is var (fault, hint))
        {
            throw new BackupException($"{fault}. Nothing was restored.", hint);
        }
    }

    /// <summary>A server of our own is of the backup's version; one of others is looked at when it is opened.</summary>
    private void DemandServer(BackupManifest manifest)
    {
        if (Scratch is not null)
        {
            return;
        }

        var major = int.Parse(new string([.. manifest.ServerVersion.TakeWhile(char.IsAsciiDigit)]), CultureInfo.InvariantCulture);
        if (!tools.HasServer || tools.Major != major)
        {
            throw new BackupException(
                $"Backup {manifest.Id} is of PostgreSQL {major}; proof level restored needs a server of that version, {tools.Folder} has "
                    + $"{(tools.HasServer ? "PostgreSQL " + tools.Version : "none")}.",
                $"Install the package postgresql-{major}, or set PG_BIN to the folder that has it.");
        }
    }

    /// <summary>A locale that this machine lacks may be why an object does not restore, so the failure says it.</summary>
    private static async Task<IReadOnlyList<string>> RestoreAsync(
        IDumpReader reader, DatabaseTarget database, string made, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.RestoreAsync(database, cancellationToken);
        }
        catch (BackupException fault)
        {
            throw new BackupException($"{fault.Message}\nIt was tried in a {made}.", fault.Hint, fault);
        }
    }

    /// <returns>What the database is like, and how to connect to it while it is filled and compared.</returns>
    private async Task<(string Made, DatabaseTarget Quiet)> CreateAsync(
        IScratchServer server, BackupManifest manifest, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(server.Maintenance).OpenAsync("proof", cancellationToken);
        var name = server.NameOf(Use?.Name ?? "belay_restored");
        await server.ReserveAsync(name, cancellationToken);
        var made = await ScratchDatabase.CreateAsync(connection, SqlName.Quote(name), manifest.Definition, cancellationToken);
        await server.ClaimAsync(name, cancellationToken);
        return (made, await QuietTarget.OfAsync(connection, server.Target(name), cancellationToken));
    }

    /// <summary>
    /// Restoring commands name roles; a missing one would stop the restore and say nothing of the data.
    /// Each database reads the names that all share in its own encoding, so they are written in that of the restored one.
    /// </summary>
    /// <exception cref="BackupException">The server of others has not all of them, and nobody makes any there.</exception>
    private static async Task ProvideRolesAsync(
        IScratchServer server, DatabaseTarget target, BackupManifest manifest, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(target).OpenAsync("proof", cancellationToken);
        var present = await connection.RowsAsync(
            "SELECT rolname::text FROM pg_catalog.pg_roles", row => row.GetString(0), cancellationToken);
        var missing = manifest.Owners.Except(present, StringComparer.Ordinal).ToList();
        if (!server.IsOwn && missing.Count > 0)
        {
            throw new BackupException(
                $"The server of SCRATCH_URL has not the roles {string.Join(", ", missing)}, which backup {manifest.Id} names, and Belay "
                    + "makes none on a server that others use.",
                "Make them there, as they are in the backup's ….globals.sql: ./build.sh FetchBackup --backup "
                    + $"{manifest.Id} --to restored");
        }

        foreach (var role in missing)
        {
            await connection.ExecuteAsync($"CREATE ROLE {SqlName.Quote(role)} NOLOGIN", cancellationToken);
        }
    }
}
