using Belay.History;
using Belay.Migrations.Failures;
using Belay.Printing;
using Belay.Schema;
using Belay.Sql;
using Belay.Verification;
using Npgsql;

namespace Belay.Migrations.DryRuns;

/// <summary>One try of all pending migrations in one transaction that is rolled back.</summary>
internal sealed class DryRunAttempt(RunContext context, IReadOnlyList<MigrationJob> pending, LockPatience patience)
{
    private const int ShownOfStatement = 100;

    private readonly List<string> passed = [];
    private readonly List<string> planned = [];
    private readonly List<string> untried = [];
    private readonly List<UntriedFile> unseen = [];
    private IReadOnlyDictionary<string, string> before = new Dictionary<string, string>();
    private SchemaSnapshot? schema;
    private SchemaSnapshot? changed;
    private string? obstacle;

    public async Task<DryRunOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await using var session = await MigrationSession.OpenAsync(context, cancellationToken);
        try
        {
            before = await SessionSettings.ReadAsync(session.Connection, cancellationToken);
            schema = await ReadSchemaAsync(session, cancellationToken);
            await session.ExecuteAsync("BEGIN", cancellationToken);
            foreach (var job in pending)
            {
                await TryAsync(session, job, cancellationToken);
            }

            changed = await ReadSchemaAsync(session, cancellationToken);
        }
        finally
        {
            await session.RollBackAsync(context.Output);
        }

        var outcome = new DryRunOutcome(passed, planned, untried)
        {
            Pending = [.. pending.Select(job => job.Migration)],
            Unseen = unseen,
            Changes = Changes,
        };
        outcome.SchemaLines.ToList().ForEach(context.Output.Line);
        context.Output.Line($"Rolled back: database as before. {outcome.Summary}");
        return outcome;
    }

    private SchemaDifference? Changes
        => schema is null || changed is null ? null : SchemaDifference.Between(schema.Lines, changed.Lines);

    /// <summary>What cannot be read is not told; afterwards nothing follows but the end of the transaction.</summary>
    private static async Task<SchemaSnapshot?> ReadSchemaAsync(MigrationSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await SchemaReader.ReadAsync(session.Connection, cancellationToken);
        }
        catch (PostgresException)
        {
            return null;
        }
    }

    private async Task TryAsync(MigrationSession session, MigrationJob job, CancellationToken cancellationToken)
    {
        var migration = job.Migration;
        if (migration.Directives.NoTransaction)
        {
            Plan(migration);
        }
        else if (obstacle is not null)
        {
            untried.Add(migration.FileName);
            unseen.Add(new(migration.FileName, migration.FileName, $"is not tried, since it comes after {obstacle}"));
            context.Output.Warn($"{migration.FileName} is not tried: it comes after {obstacle}, and what that one makes is not there");
        }
        else
        {
            await TryInTransactionAsync(session, job, cancellationToken);
        }
    }

    private void Plan(Migration migration)
    {
        planned.Add(migration.FileName);
        unseen.Add(new(migration.FileName, migration.FileName, "runs outside a transaction"));
        obstacle ??= migration.FileName;
        context.Output.Line($"{migration.FileName} runs outside a transaction and is not tried. It would send, one at a time:");
        foreach (var statement in MigrationScript.Read(migration.Text, noTransaction: true).Statements)
        {
            var sql = string.Join(' ', SqlPasswords.Mask(statement.Sql).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            context.Output.Line($"  line {statement.Position.Line}: {ShortText.Cut(sql, ShownOfStatement)}");
        }
    }

    private async Task TryInTransactionAsync(MigrationSession session, MigrationJob job, CancellationToken cancellationToken)
    {
        var migration = job.Migration;
        var started = context.TimeProvider.GetTimestamp();
        var script = MigrationScript.Read(migration.Text, noTransaction: false);
        var gaveUp = false;
        try
        {
            await (context.Observer?.BeginAsync(migration, cancellationToken) ?? Task.CompletedTask);
            var watcher = new LockWatcher(new(context, session, migration.FileName, patience), cancellationToken);
            try
            {
                await RunScriptAsync(session, job, script, cancellationToken);
            }
            finally
            {
                await watcher.DisposeAsync();
                gaveUp = watcher.GaveUp;
            }

            await (context.Observer?.EndAsync(cancellationToken) ?? Task.CompletedTask);
            await CheckAsync(session, job, cancellationToken);
            passed.Add(migration.FileName);
            context.Output.Line(
                $"{migration.FileName} would pass ({Quantity.Duration(context.TimeProvider.GetElapsedTime(started))}, "
                    + $"{Quantity.Count(job.Checks.Count, "check")})");
        }
        catch (PostgresException exception)
            when (exception.SqlState == FailureHint.UncommittedEnumValue
                && !script.Statements.Any(statement => statement.Shape.AddsEnumValue))
        {
            untried.Add(migration.FileName);
            unseen.Add(new(migration.FileName, PlaceOf(migration, session.Current), "uses an enum value that an earlier pending file adds")
            {
                UsesNewEnumValue = true,
            });
            obstacle = migration.FileName;
            context.Output.Warn(
                $"{migration.FileName} is not tried: it uses an enum value that an earlier pending file adds, which takes a COMMIT "
                    + "between them");
        }
        catch (NpgsqlException exception)
        {
            throw Failure(job, session.Current, exception, gaveUp);
        }
    }

    private static string PlaceOf(Migration migration, ScriptStatement? statement)
        => statement is null ? migration.FileName : $"{migration.FileName}:{statement.Position.Line} {statement.Shape.Title}";

    private async Task RunScriptAsync(
        MigrationSession session, MigrationJob job, MigrationScript script, CancellationToken cancellationToken)
    {
        // In a release every file has a session of its own.
        await SessionSettings.RefreshAsync(session.Connection, before, cancellationToken);
        var limit = patience.Limit < job.LockTimeout ? patience.Limit : job.LockTimeout;
        await session.ExecuteAsync(TransactionLimits.Of(limit, job.StatementTimeout), cancellationToken);
        var transaction = await session.ScalarAsync("SELECT pg_catalog.txid_current()", cancellationToken);
        var history = await HistoryMark.ReadAsync(session.Connection, cancellationToken);
        foreach (var statement in script.Statements.SkipWhile(TransactionLimits.SetsModes))
        {
            await session.RunAsync(statement, cancellationToken);
            await TransactionLimits.KeepAsync(
                session, statement, (limit, job.LockTimeout, job.StatementTimeout), cancellationToken);
        }

        await CheckDeferredAsync(session, cancellationToken);
        if (!Equals(await session.ScalarAsync("SELECT pg_catalog.txid_current()", cancellationToken), transaction))
        {
            throw new MigrationException(
                $"{job.Migration.Path} ended the dry run's transaction by itself: what came before in this dry run is committed, without "
                    + "history rows.",
                ExitCodes.MigrationPartWay,
                "compare the database with the scripts by hand; then take COMMIT or ROLLBACK out of the script");
        }

        await SessionSettings.RestoreForTransactionAsync(session.Connection, before, cancellationToken);
        if (await history.FindChangeAsync(session.Connection, cancellationToken) is { } change)
        {
            throw new MigrationException(
                $"{job.Migration.Path} {change}.\nDry run: rolled back, database as before.",
                ExitCodes.MigrationRolledBack,
                $"take what it does to the schema belay out of {job.Migration.FileName}, then ./build.sh Migrate --dry-run");
        }
    }

    /// <summary>What COMMIT would check is checked here; a constraint that is deferred at first is so again for the next file.</summary>
    internal static async Task CheckDeferredAsync(MigrationSession session, CancellationToken cancellationToken)
    {
        var deferred = await session.ScalarAsync(
            """
            SELECT string_agg(DISTINCT format('%I.%I', n.nspname, c.conname), ', ')
            FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace WHERE c.condeferred
            """,
            cancellationToken);
        if (deferred is string names)
        {
            await session.ExecuteAsync($"SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS {names} DEFERRED", cancellationToken);
        }
    }

    private static async Task CheckAsync(MigrationSession session, MigrationJob job, CancellationToken cancellationToken)
    {
        var report = await CheckRunner.RunAsync(session.Connection, job.Checks, cancellationToken);
        if (!report.Passed)
        {
            throw new MigrationException(
                $"{job.Migration.FileName} would run, but its checks fail:\n{string.Join('\n', VerificationRenderer.Lines(report))}\nDry "
                    + "run: rolled back, database as before.",
                ExitCodes.MigrationRolledBack,
                $"correct {job.Migration.FileName} or {job.Migration.Verify?.FileName}, then ./build.sh Migrate --dry-run");
        }
    }

    private static MigrationException Failure(MigrationJob job, ScriptStatement? statement, NpgsqlException exception, bool gaveUp) => new(
        $"{FailureText.Of(job.Migration.Script, statement, exception)}\nDry run: rolled back, database as before.",
        ExitCodes.MigrationRolledBack,
        gaveUp
            ? "others waited for the locks of the dry run: repeat it in a quieter time, or on a copy of the database"
            : new FailureHint(job.Migration.FileName, job.StatementTimeout, "./build.sh Migrate --dry-run").Of(exception),
        exception)
    {
        SqlState = (exception as PostgresException)?.SqlState,
    };
}
