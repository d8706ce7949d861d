using Belay.Gate;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Migrators;
using Belay.Schema;
using Belay.Settings;

namespace Belay.IntegrationTests.Migrators;

public sealed class MigratorRunnerTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private const string Hint =
        "read what it said, bring the database into a state that it goes on from, then the same command; or restore backup "
            + "20251012T103000Z-aa";

    private DatabaseTarget target = null!;
    private MigrationBench bench = null!;

    protected override async Task PrepareAsync()
    {
        target = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"ALTER DATABASE {target.Database} OWNER TO {target.Username}; GRANT ALL ON SCHEMA public TO {target.Username}", Token);
        bench = new MigrationBench(target);
    }

    public override async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await Database.ExecuteAsync($"ALTER DATABASE {target.Database} OWNER TO postgres; DROP OWNED BY {target.Username}", Token);
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Streams_what_the_migrator_says_and_tells_what_it_changed()
    {
        var outcome = await RunAsync($"echo begins; {Sql("CREATE TABLE orders (id integer)")} && echo ends >&2");

        // Output and errors come through two pipes, so only the order within each is certain.
        Assert.Equal(["begins", "CREATE TABLE"], bench.Output.Lines.Take(3).Where(line => line != "ends"));
        Assert.Contains("ends", bench.Output.Lines.Take(3));
        Assert.Equal(
            ["Schema: 2 lines added, 0 removed", "  + column public.orders.id integer", $"  + table public.orders owner {target.Username}"],
            bench.Output.Lines.Skip(3));
        Assert.Contains("; echo begins; ", outcome.Command, StringComparison.Ordinal);
        Assert.Equal(["sh behind backup 20251012T103000Z-aa"], await bench.QueryAsync("SELECT reason FROM belay.fingerprint"));
    }

    [Theory]
    [InlineData("CREATE TABLE orders (id integer)", MigratorEffect.SchemaChanged, null)]
    [InlineData(
        "SELECT txid_current()",
        MigratorEffect.SchemaAsBefore,
        "Nothing changed in the schema; whether rows changed, only the migrator knows")]
    public async Task Tells_a_migrator_that_changed_something_from_one_that_did_not(
        string statement, Enum effect, string? unchanged)
    {
        var outcome = await RunAsync(Sql(statement));

        Assert.Equal(effect, outcome.Effect);
        Assert.Equal(unchanged, outcome.Unchanged);
    }

    [Fact]
    public async Task Calls_a_migrator_that_wrote_nothing_no_success()
        => Assert.StartsWith("Nothing changed", (await RunAsync("true")).Unchanged, StringComparison.Ordinal);

    [Fact]
    public async Task Hands_the_address_on_by_the_environment_and_masks_the_password_when_it_is_printed()
    {
        await RunAsync("echo $DATABASE_URL; cat $PGPASSFILE; echo ${SMOKE_PASSWORD:-none}; echo $PGDATABASE");

        Assert.Equal(
            $"postgresql://{target.Username}:***@{target.Hosts[0].Name}:{target.Hosts[0].Port}/{target.Database}", bench.Output.Lines[0]);
        Assert.DoesNotContain(target.Password!.Reveal(), bench.Output.Text, StringComparison.Ordinal);
        Assert.Equal(["none", target.Database, "Schema: not changed"], bench.Output.Lines.TakeLast(3));
    }

    [Fact]
    public async Task Says_what_a_failed_migrator_left()
    {
        var failure = await FailAsync($"{Sql("CREATE TABLE orders (id integer)")}; exit 3");

        Assert.EndsWith(
            "exit 3' ended with exit code 3\n"
            + "The schema changed (2 lines added, 0 removed):\n  + column public.orders.id integer\n  + table public.orders owner "
            + $"{target.Username}",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Equal((ExitCodes.MigrationPartWay, Hint), (failure.ExitCode, failure.Hint));
    }

    [Fact]
    public async Task Says_that_the_schema_is_as_before_when_a_failed_migrator_changed_nothing()
    {
        var failure = await FailAsync("exit 4");

        Assert.Equal(
            "sh -c 'exit 4' ended with exit code 4\nThe schema is as before; whether rows changed, only the migrator knows.",
            failure.Message);
        Assert.Empty(await bench.TablesAsync());
    }

    [Fact]
    public async Task Ends_a_cancelled_migrator_with_its_children_and_their_sessions()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var run = RunAsync($"{Sql("SELECT pg_sleep(300)")}; echo never", cancellationToken: stop.Token);
        await MigrationBench.WaitForAsync(async () => await SleepersAsync() == "1", "the migrator's session");

        await stop.CancelAsync();

        var failure = await Assert.ThrowsAsync<MigratorException>(() => run);
        Assert.EndsWith(
            "was stopped: it was cancelled\nThe schema is as before; whether rows changed, only the migrator knows.",
            failure.Message,
            StringComparison.Ordinal);
        await MigrationBench.WaitForAsync(async () => await SleepersAsync() == "0", "the end of the migrator's session");
        Assert.DoesNotContain("never", bench.Output.Lines);
    }

    [Fact]
    public async Task Kills_a_migrator_that_runs_too_long_and_heeds_no_signal()
    {
        var failure = await Assert.ThrowsAsync<MigratorException>(() => RunAsync(
            "trap \"\" TERM; sleep 300; sleep 300", TimeSpan.FromMilliseconds(500)));

        Assert.Contains("was stopped: it ran for longer than 0.5 s (--migrator-timeout)\n", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["sh did not end within 0.2 s after SIGTERM; it and its children are killed"], bench.Output.Warnings);
    }

    [Fact]
    public async Task Says_that_nothing_ran_when_the_program_is_not_there()
    {
        var settings = new MigratorSettings { Words = ["no-such-migrator"] };
        var proof = await bench.ProveAsync();

        var failure = await Assert.ThrowsAsync<MigratorException>(() => Runner().RunAsync(proof, settings, Token));

        Assert.StartsWith("Cannot start no-such-migrator: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Nothing ran: database as before.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
    }

    [Fact]
    public async Task Refuses_a_backup_from_before_the_last_recorded_run()
    {
        var proof = await bench.ProveAsync();
        await RunAsync("true");

        var refusal = await Assert.ThrowsAsync<GateException>(() => Runner().RunAsync(proof, Shell("true"), Token));

        Assert.Contains(
            ") is not after the last recorded change of the schema (sh behind backup 20251012T103000Z-aa) (",
            refusal.Message,
            StringComparison.Ordinal);
    }

    private static string Sql(string statement) => $"psql -X -c \"{statement}\"";

    private static MigratorSettings Shell(string script) => new() { Words = ["sh", "-c", script], Grace = TimeSpan.FromMilliseconds(200) };

    private Task<MigratorException> FailAsync(string script) => Assert.ThrowsAsync<MigratorException>(() => RunAsync(script));

    private async Task<MigratorOutcome> RunAsync(string script, TimeSpan? timeout = null, CancellationToken? cancellationToken = null)
    {
        var path = Path.GetDirectoryName(Postgres.Tools.PathOf("psql"));
        var settings = Shell(script.Contains("psql", StringComparison.Ordinal) ? $"PATH={path}:$PATH; {script}" : script);
        return await Runner()
            .RunAsync(
                await bench.ProveAsync(), timeout is { } limit ? settings with { Timeout = limit } : settings, cancellationToken ?? Token);
    }

    private MigratorRunner Runner()
    {
        var connector = new Belay.Postgres.DatabaseConnector(target);
        return new MigratorRunner(
            connector, bench.Settings, bench.Output, TimeProvider.System) { Watch = new SchemaWatch(connector, bench.Output) };
    }

    private async Task<string> SleepersAsync()
        => (await bench.QueryAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%' AND state = "
                + "'active'"))[0];
}
