using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.Migrations;
using Belay.Migrations.Observation;
using Belay.Postgres;
using Belay.Recovery;
using Belay.Schema;
using Belay.Servers;
using Belay.Settings;
using Belay.Sql;
using Belay.Verification;

namespace Belay.Rehearsal;

/// <summary>Runs the pending migrations on a restored copy with the runner that the release gets, then their checks, their rollback scripts
/// and, after those, the migrations once more.</summary>
internal sealed class CopyRehearsal(IScratchServer server, BackupManifest backup, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>The copy, as the role of the release.</summary>
    public required DatabaseTarget Copy { get; init; }

    /// <summary>Limits and order policy of the release.</summary>
    public required MigrationSettings Settings { get; init; }

    private DatabaseConnector Connector => new(Copy);

    /// <summary>Rehearses.</summary>
    /// <exception cref="BelayException">Something failed on the copy.</exception>
    public async Task<RehearsalReport> RunAsync(IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        var report = new RehearsalReport { BackupId = backup.Id, IsOnOtherServer = !server.IsOwn };
        var (before, size) = await LookAsync(cancellationToken);
        var observer = new StatementObserver(Connector, timeProvider) { MeasuresDisk = true, MeasuresLog = server.IsOwn };
        var started = timeProvider.GetTimestamp();
        var outcome = await MigrateAsync(files, observer, cancellationToken);
        var duration = timeProvider.GetElapsedTime(started);
        if (outcome.Applied.Count == 0)
        {
            return report;
        }

        var ran = files.Where(file => outcome.Applied.Any(row => row.IsOf(file))).ToList();
        var (after, grown) = await LookAsync(cancellationToken);
        return report with
        {
            Migrations = [.. outcome.Applied.Select(row => row.FullName)],
            Files = ran,
            Refilled = observer.Refilled,
            Statements = observer.Statements,
            Duration = duration,
            Growth = grown - size,
            Invalid = before is null || after is null ? [] : [.. after.Lines.Except(before.Lines).Where(IsInvalidIndex)],
            Checks = await VerifyAsync(files, ran, cancellationToken),
            Rollbacks = await RollBackAsync(files, ran, before, cancellationToken),
            RollsBack = before is not null && ran.All(file => file.HasWayBack),
        };
    }

    private async Task<MigrationOutcome> MigrateAsync(
        IReadOnlyList<Migration> files, IStatementObserver? observer, CancellationToken cancellationToken)
    {
        await using var permit = await PermitAsync(cancellationToken);
        return await new MigrationRunner(Connector, Settings, output, timeProvider) { Observer = observer }
            .RunAsync(permit, files, cancellationToken);
    }

    private async Task<BackupProof> PermitAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Connector.OpenAsync("rehearsal", cancellationToken);
        return RehearsalPermit.Of(server, backup, await GateTargetReader.ReadAsync(connection, cancellationToken));
    }

    private async Task<int> VerifyAsync(IReadOnlyList<Migration> files, List<Migration> ran, CancellationToken cancellationToken)
    {
        var just = ran.Select(file => file.Verify?.Path).OfType<string>().ToHashSet(StringComparer.Ordinal);
        await using var connection = await Connector.OpenAsync("rehearsal", cancellationToken);
        var (applied, _) = await MigrationPlanReader.ReadAsync(connection, files, Settings, cancellationToken);
        var report = (await new VerifyRunner(Connector)
            .RunAsync(files.Where(file => applied.Any(row => row.IsOf(file))), cancellationToken)).CountingOnly(just);
        report.EnsurePassed();
        return report.Results.Count(result => result.Passed);
    }

    /// <summary>Newest first, as far down as there are scripts; afterwards the migrations run again, so that what a script leaves behind
    /// does not stand in the way of a second try.</summary>
    private async Task<IReadOnlyList<string>> RollBackAsync(
        IReadOnlyList<Migration> files, List<Migration> ran, SchemaSnapshot? before, CancellationToken cancellationToken)
    {
        var backwards = ran.AsEnumerable().Reverse().TakeWhile(file => file.HasWayBack).ToList();
        foreach (var file in backwards)
        {
            await using var permit = await PermitAsync(cancellationToken);
            await new RollbackRunner(Connector, Settings, output, timeProvider)
                .RunAsync(permit, await ScriptOfAsync(files, cancellationToken), cancellationToken);
        }

        List<string> lines =
        [
            .. backwards.Select(file => $"{file.FileName}: its rollback script runs"),
            .. ran.AsEnumerable().Reverse().Skip(backwards.Count).Take(1)
                .Select(file => $"{file.FileName}: no rollback script, so from there the way back is a restore"),
        ];
        if (backwards.Count == ran.Count && before is not null)
        {
            Demand(before, (await LookAsync(cancellationToken)).Schema);
            lines.Add("after the rollbacks the schema is as before the migrations");
        }

        if (backwards.Count > 0)
        {
            await MigrateAsync(files, null, cancellationToken);
            lines.Add("after the rollbacks the migrations run again");
        }

        return lines;
    }

    /// <summary>What a copy loses is lost to nobody, so it is not counted.</summary>
    private Task<RollbackPreview> ScriptOfAsync(IReadOnlyList<Migration> files, CancellationToken cancellationToken)
        => new RollbackReader(Connector, Settings) { CountsLosses = false }.ReadAsync(files, RollbackGoal.Newest, cancellationToken);

    private static bool IsInvalidIndex(string line)
        => line.StartsWith("index ", StringComparison.Ordinal) && line.EndsWith(" INVALID", StringComparison.Ordinal);

    private static void Demand(SchemaSnapshot before, SchemaSnapshot? after)
    {
        var difference = SchemaDifference.Between(before.Lines, after!.Lines);
        if (!difference.IsEmpty)
        {
            throw new RehearsalException(
                $"After the rollback scripts the schema is not as before the migrations: {difference.Summary}\n"
                    + string.Join('\n', difference.Shown.Select(line => $"  {line}")),
                "Mend the rollback scripts, then ./build.sh Rehearse");
        }
    }

    private async Task<(SchemaSnapshot? Schema, long Size)> LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Connector.OpenAsync("rehearsal", cancellationToken);
        return (
            await SchemaReader.ReadAsync(connection, cancellationToken),
            (long)(await connection.ScalarAsync("SELECT pg_catalog.pg_database_size(current_database())", cancellationToken))!);
    }
}
