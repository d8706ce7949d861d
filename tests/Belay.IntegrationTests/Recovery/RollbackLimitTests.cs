using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Recovery;

namespace Belay.IntegrationTests.Recovery;

/// <summary>How long a rollback script may wait and run.</summary>
public sealed class RollbackLimitTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string Look = """
        CREATE TABLE seen AS SELECT current_setting('statement_timeout') AS run, current_setting('lock_timeout') AS wait;
        """;

    [Theory]
    [InlineData("", "15min 3s")]
    [InlineData("SET statement_timeout = 0;\nSET lock_timeout = 0;", "15min 3s")]
    [InlineData("-- belay: statement-timeout 2h\n-- belay: lock-timeout 7s", "2h 7s")]
    [InlineData("-- belay: statement-timeout 2h\nSET statement_timeout = 0;", "2h 3s")]
    [InlineData("-- belay: no-transaction\n-- belay: statement-timeout 2h", "2h 100ms")]
    public async Task Are_those_of_the_settings_or_of_its_own_head(string head, string expected)
    {
        Bench.Write("1_a.sql", "SELECT 1;");
        Bench.Write("1_a.rollback.sql", $"{head}\n{Look}");
        await Bench.RunAsync();
        var runner = new RollbackRunner(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System);
        var preview = await Bench.PreviewRollbackAsync();

        await runner.RunAsync(await Bench.ProveAsync(), preview, Token);

        Assert.Equal([expected], await Bench.QueryAsync("SELECT run || ' ' || wait FROM seen"));
    }

    [Fact]
    public async Task Are_named_with_the_directive_that_allows_more()
    {
        Bench.Write("1_a.sql", "SELECT 1;");
        Bench.Write("1_a.rollback.sql", "-- belay: statement-timeout 1s\nSELECT pg_sleep(60);");
        await Bench.RunAsync();
        var runner = new RollbackRunner(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System);
        var preview = await Bench.PreviewRollbackAsync();

        var failure = await Assert.ThrowsAsync<RecoveryException>(
            async () => await runner.RunAsync(await Bench.ProveAsync(), preview, Token));

        Assert.Equal(
            "a statement may run for 1.0 s: allow more with --statement-timeout, or for this file with \"-- belay: statement-timeout 1h\" "
                + $"in its first line; or find out who cancelled it, then {preview.Command}",
            failure.Hint);
    }
}
