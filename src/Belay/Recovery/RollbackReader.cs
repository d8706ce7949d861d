using Belay.History;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Settings;
using Belay.Sql;
using Npgsql;

namespace Belay.Recovery;

/// <summary>Reads what would be rolled back and what would be lost; touches nothing.</summary>
internal sealed class RollbackReader(DatabaseConnector connector, MigrationSettings settings)
{
    /// <summary>Whether to count what each script would take away, which reads the tables. The default is yes.</summary>
    public bool CountsLosses { get; init; } = true;

    /// <summary>Finds every script before the first one runs, and counts what each would take away.</summary>
    /// <param name="files">The migrations of the folder.</param>
    /// <exception cref="SettingsException">Nothing is applied, there is no such version, or a migration has no usable rollback
    /// script.</exception>
    public async Task<RollbackPreview> ReadAsync(
        IReadOnlyList<Migration> files, RollbackGoal goal, CancellationToken cancellationToken)
    {
        await using var connection = await connector.OpenAsync("rollback preview", cancellationToken);
        try
        {
            var applied = await ReadAppliedAsync(connection, cancellationToken);
            var chosen = goal.Choose(applied);
            var steps = new List<RollbackStep>();
            foreach (var (migration, source, script) in FindScripts(chosen, files))
            {
                steps.Add(new RollbackStep
                {
                    Migration = migration,
                    Source = source,
                    Script = script,
                    Losses = CountsLosses ? await new LossReader(connection).ReadAsync(script.Statements, cancellationToken) : [],
                });
            }

            return new RollbackPreview
            {
                Steps = steps,
                Database = connector.Target.Database,
                To = goal.To,
                Remaining = applied.Except(chosen).MaxBy(migration => migration.Version),
            };
        }
        catch (NpgsqlException exception)
        {
            throw new RecoveryException(
                $"Cannot read what a rollback would do in {connector.Target.DisplayName}: {exception.Message}",
                "./build.sh Preflight",
                exception);
        }
    }

    /// <summary>The versioned migrations of the history, when none stopped part-way above them.</summary>
    /// <exception cref="SettingsException">One did.</exception>
    public static async Task<IReadOnlyList<AppliedMigration>> ReadAppliedAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = (await MigrationHistory.ReadAsync(connection, cancellationToken)).Where(row => !row.IsRepeatable).ToArray();
        if (applied.Length > 0
            && await connection.ScalarAsync(
                "SELECT min(version)::numeric FROM belay.statement WHERE version NOT IN (SELECT version FROM belay.migration)",
                cancellationToken) is decimal partWay)
        {
            throw new SettingsException(
                $"Migration {partWay} stopped part-way outside a transaction; rolling back an older one over it would leave a state that "
                    + "nobody tested",
                "./build.sh Migrate resumes it; then ./build.sh Rollback");
        }

        return applied;
    }

    private List<(AppliedMigration Migration, ScriptSource Source, MigrationScript Script)> FindScripts(
        IReadOnlyList<AppliedMigration> chosen, IReadOnlyList<Migration> files)
    {
        var found = new List<(AppliedMigration, ScriptSource, MigrationScript)>();
        var faults = new List<(string Fault, string Remedy)>();
        foreach (var migration in chosen)
        {
            var file = files.FirstOrDefault(migration.IsOf);
            if (file?.Rollback is not { } source)
            {
                faults.Add((
                    $"Migration {migration.FullName} has no rollback script in {settings.Folder}",
                    $"write {file?.RollbackPlace ?? $"{migration.FullName}.rollback.sql"}"));
                continue;
            }

            var script = ReadScript(source);
            found.Add((migration, source, script));
            if (script.Statements.Count == 0)
            {
                faults.Add((
                    $"Migration {migration.FullName} has no rollback script: there is no statement in {source.Path}. Nothing was touched",
                    $"write what takes {migration.FullName} back into {source.FileName}"));
            }
        }

        return faults.Count == 0 ? found : throw new SettingsException(
            [.. faults.Select(one => one.Fault)],
            $"{string.Join(", ", faults.Select(one => one.Remedy))}, or go back to a backup: ./build.sh Restore --backup "
                + $"{chosen[^1].BackupId ?? "<id>"} --dry-run shows what that would lose");
    }

    private static MigrationScript ReadScript(ScriptSource source)
    {
        var script = MigrationScript.Read(source.Text, source.NoTransaction);
        return script.Faults.Count == 0
            ? script
            : throw new SettingsException(
                [.. script.Faults.Select(fault => $"{source.Path}:{fault.Line}:{fault.Column}: {fault.Message}")], script.Faults[0].Hint);
    }
}
