using Belay.History;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Settings;
using Belay.Sql;
using Npgsql;

namespace Belay.Adoption;

/// <summary>Records the files up to a version as applied without running them, for a database that has what they make.</summary>
/// <remarks>No backup stands behind it: it writes to the schema <c>belay</c> alone, and an empty history
/// is all that there is to lose.</remarks>
/// <param name="settings">How long to wait for another runner and for locks.</param>
/// <param name="output">Takes what is recorded.</param>
internal sealed class BaselineRunner(
    DatabaseConnector connector, MigrationSettings settings, IReleaseOutput output, TimeProvider timeProvider)
{
    private const int NamedAtMost = 10;

    /// <summary>Records the baseline in one transaction, behind the runner lock.</summary>
    /// <returns>The rows as they stand in the history; empty for a dry run.</returns>
    /// <exception cref="SettingsException">The version names no file.</exception>
    /// <exception cref="HistoryException">The history is not empty, or the server refused.</exception>
    /// <exception cref="MigrationException">Another runner holds the lock.</exception>
    public Task<IReadOnlyList<AppliedMigration>> RunAsync(BaselineRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var files = request.Files.Where(file => !file.IsRepeatable).ToList();
        if (files.All(file => file.Version != request.Version))
        {
            throw NoSuchFile(request.Version, files);
        }

        return new HistoryChange(RunContext.OfHistory(connector, settings, output, timeProvider), request.DryRun)
            .RunAsync(connection => RecordAsync(connection, request, cancellationToken), cancellationToken);
    }

    private async Task<IReadOnlyList<AppliedMigration>> RecordAsync(
        NpgsqlConnection connection, BaselineRequest request, CancellationToken cancellationToken)
    {
        await EmptyHistory.DemandAsync(connection, connector.Target.DisplayName, cancellationToken);
        var files = request.Files.Where(file => !file.IsRepeatable && file.Version <= request.Version).ToList();
        output.Line(
            $"Baseline of {connector.Target.DisplayName} at version {request.Version}; "
                + $"{(request.DryRun ? "would be recorded" : "recorded")} as applied without being run:");
        files.ForEach(file => output.Line($"  {file.FileName}"));
        if (request.DryRun)
        {
            return [];
        }

        var remark = request.Reason is null ? "baseline" : $"baseline: {request.Reason}";
        await HistorySchema.EnsureAsync(connection, [HistorySchema.Migration, HistorySchema.Statement], cancellationToken);
        var recorded = new List<AppliedMigration>();
        foreach (var file in files)
        {
            recorded.Add(
                await MigrationHistory.InsertAsync(connection, new HistoryEntry(file, TimeSpan.Zero, null, remark), cancellationToken));
        }

        return recorded;
    }

    private static SettingsException NoSuchFile(decimal version, List<Migration> files)
    {
        var named = string.Join(", ", files.TakeLast(NamedAtMost).Select(file => file.FileName));
        var more = files.Count > NamedAtMost ? $"{files.Count - NamedAtMost} older files and " : "";
        return new SettingsException(
            $"--migration-version {version} names no migration: the folder has {more}{named}",
            $"./build.sh Baseline --migration-version {files.Select(file => file.Version).DefaultIfEmpty().Max()} --dry-run shows what "
                + "would be recorded up to the newest file");
    }
}
