using Belay.History;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Settings;
using Belay.Sql;
using Npgsql;

namespace Belay.Adoption;

/// <summary>Accepts one file that was changed after it was applied. The text that ran stays in <c>belay.repair</c>.</summary>
/// <remarks>One named file at a time, on purpose: accepting all at once would hide the change that nobody meant to make.</remarks>
/// <param name="settings">How long to wait for another runner and for locks.</param>
internal sealed class RepairRunner(
    DatabaseConnector connector, MigrationSettings settings, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>Shows the difference and accepts the file, in one transaction, behind the runner lock.</summary>
    /// <param name="request">Which file, and why.</param>
    /// <returns>The file that was accepted, or would be.</returns>
    /// <exception cref="SettingsException">The version is not applied, has no file, or its file is unchanged.</exception>
    /// <exception cref="HistoryException">The server refused.</exception>
    /// <exception cref="MigrationException">Another runner holds the lock.</exception>
    public Task<Migration> RunAsync(RepairRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new HistoryChange(RunContext.OfHistory(connector, settings, output, timeProvider), request.DryRun)
            .RunAsync(connection => AcceptAsync(connection, request, cancellationToken), cancellationToken);
    }

    private async Task<Migration> AcceptAsync(NpgsqlConnection connection, RepairRequest request, CancellationToken cancellationToken)
    {
        var row = (await MigrationHistory.ReadAsync(connection, cancellationToken))
            .FirstOrDefault(row => !row.IsRepeatable && row.Version == request.Version);
        var file = request.Files.FirstOrDefault(file => !file.IsRepeatable && file.Version == request.Version);
        if (row is null || file is null || row.Sha256 == file.Sha256)
        {
            throw NothingToRepair(request.Version, row, file);
        }

        var former = await MigrationHistory.ReadScriptAsync(connection, request.Version, cancellationToken) ?? "";
        output.Line($"{file.Path} differs from the text that ran on {Quantity.Utc(row.AppliedUtc)} (- ran, + is in the file):");
        ChangedScripts.Lines(former, file.Text).ToList().ForEach(output.Line);
        if (request.DryRun)
        {
            output.Line($"{file.FileName} would be accepted in place of it");
            return file;
        }

        await HistorySchema.EnsureAsync(connection, [HistorySchema.Repair], cancellationToken);
        await MigrationHistory.RepairAsync(connection, file, request.Reason, cancellationToken);
        output.Line($"{file.FileName} is accepted in place of it; the text that ran stays in belay.repair");
        return file;
    }

    private SettingsException NothingToRepair(decimal version, AppliedMigration? row, Migration? file) => (row, file) switch
    {
        (null, null) => new(
            $"--migration-version {version} is neither in the history of {connector.Target.DisplayName} nor in the folder",
            "./build.sh Status lists both"),
        (null, _) => new(
            $"{file.FileName} is not applied in {connector.Target.DisplayName}, so there is nothing to repair",
            "change the file as you like, then ./build.sh Migrate"),
        (_, null) => new(
            $"Migration {version} ({row.Name}) has no file in the folder. Its row says what ran here and stays; a file that is gone stops "
                + "no release, so there is nothing to repair",
            "./build.sh Status lists it with the remark that its file is not in the folder"),
        _ => new(
            $"{file.FileName} is the text that ran on {Quantity.Utc(row.AppliedUtc)}, so there is nothing to repair", "./build.sh Status"),
    };
}
