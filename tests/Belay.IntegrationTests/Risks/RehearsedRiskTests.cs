using Belay.Backups;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Rehearsal;
using Belay.Risks;

namespace Belay.IntegrationTests.Risks;

/// <summary>A rehearsal runs what a trial cannot.</summary>
public sealed class RehearsedRiskTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private BackupBench backups = null!;

    protected override async Task PrepareAsync()
    {
        backups = new BackupBench(Postgres.Tools);
        await Database.ExecuteAsync(
            "CREATE TABLE item (id int, note text); INSERT INTO item SELECT n, 'x' FROM generate_series(1, 1000) n", Token);
    }

    public override async ValueTask DisposeAsync()
    {
        backups.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task What_runs_outside_a_transaction_on_the_copy_is_looked_at_and_what_is_lost_is_counted_in_the_database()
    {
        Bench.Write("1_a.sql", """
            -- belay: no-transaction
            CREATE INDEX CONCURRENTLY i ON item (id);
            UPDATE item SET id = id + 1;
            DO 'BEGIN ALTER TABLE item RENAME id TO number; END';
            ALTER TABLE item DROP note;
            """);
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());
        var runner = new RehearsalRunner(backups.Store, Postgres.Tools, backups.Output, TimeProvider.System)
        {
            ScratchFolder = backups.ScratchFolder,
            Settings = Bench.Settings,
        };

        var (report, _) = await runner.RunAsync(manifest, Database.Target, MigrationFolder.Read(Bench.Settings.Folder), Token);
        var risks = await new RiskFinder(new() { Size = 16 * 1024 }, new LossCounter(Database.Connector)) { Refilled = report.Refilled }
            .FindAsync(report.Files, report.Statements, OutsideStatements.Uncounted(report.Files), Token);

        Assert.Equal(
            [
                "1_a.sql:3 UPDATE ITEM: update-rows",
                "1_a.sql:4 DO: rename",
                "1_a.sql:5 ALTER TABLE: drop-column",
                "1_a.sql:4 DO: not-tried",
            ],
            risks.Risks.Select(risk => $"{risk.Place}: {risk.Rule}"));
        Assert.StartsWith("public.item.id is number afterwards (public.item: 40.0 KiB, ", risks.Risks[1].What, StringComparison.Ordinal);
        Assert.StartsWith("public.item.note goes with 1000 values (", risks.Risks[2].What, StringComparison.Ordinal);
        Assert.Equal("it runs outside a transaction, where nobody counts the rows that it changes", risks.Risks[3].What);
    }
}
