using Belay.Backups;
using Belay.Gate;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Settings;
using Belay.Settings.Tokens;
using CliWrap.Buffered;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Belay.IntegrationTests.Postgres.Tokens;

/// <summary>A release whose role has a password that expires, against a server that refuses the one before.</summary>
public sealed class TokenReleaseTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private static readonly TimeSpan Almost = RotatedPassword.Life - DatabaseTokens.Margin;

    private readonly FakeTimeProvider timeProvider = new();
    private RotatedPassword source = null!;
    private DatabaseTarget target = null!;

    protected override async Task PrepareAsync()
    {
        var role = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"ALTER DATABASE {role.Database} OWNER TO {role.Username}; GRANT ALL ON SCHEMA public TO {role.Username}", Token);
        source = new RotatedPassword(Database, role.Username, timeProvider);
        target = role with { Password = null, Tokens = new DatabaseTokens(source, timeProvider) };
    }

    public override async ValueTask DisposeAsync()
    {
        await Database.ExecuteAsync($"ALTER DATABASE {target.Database} OWNER TO postgres; DROP OWNED BY {target.Username}", Token);
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Every_stage_of_a_release_connects_with_a_token_that_is_valid_when_its_turn_comes()
    {
        using var backups = new BackupBench(Postgres.Tools);
        using var bench = new MigrationBench(target);
        bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");

        var manifest = await backups.TakeAsync(target, new BackupSettings());
        timeProvider.Advance(Almost);
        await backups.Prover.ProveAsync(manifest, ProofLevel.Readback, Token);
        await using var proof = await new BackupGate(backups.Store, new BackupSettings(), TimeProvider.System)
            .DemandAsync(await GateTargets.ReadAsync(Database), Token);
        timeProvider.Advance(Almost);
        await bench.RunAsync(proof, Token);

        Assert.Equal(1L, await Database.ScalarAsync("SELECT count(*) FROM pg_class WHERE relname = 'orders'", Token));
        Assert.Equal(2, source.Issued.Count);
        Assert.All(
            backups.Output.Lines.Concat(bench.Output.Lines),
            line => Assert.DoesNotContain(source.Issued, token => line.Contains(token.Reveal(), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_connection_that_is_open_outlives_its_token_and_the_next_gets_another()
    {
        var connector = new DatabaseConnector(target);
        await using var first = await connector.OpenAsync("test", Token);
        timeProvider.Advance(Almost);
        await using var second = await connector.OpenAsync("test", Token);

        await using var command = new NpgsqlCommand("SELECT 1", first);
        Assert.Equal(1, await command.ExecuteScalarAsync(Token));
        var refusal = await Assert.ThrowsAsync<DatabaseUnreachableException>(
            () => new DatabaseConnector(target with { Tokens = null, Password = source.Issued[0] }).OpenAsync("test", Token));
        Assert.Contains("28P01", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_runs_on_connects_with_the_token_of_then()
    {
        await using var environment = await LibpqEnvironment.CreateAsync(target, "belay test", Token);
        Assert.Equal("1", await PsqlAsync(environment));
        timeProvider.Advance(Almost);
        await MigrationBench.WaitForAsync(() => source.Issued.Count == 2, "a second token");
        await MigrationBench.WaitForAsync(
            async () => (await File.ReadAllTextAsync(environment.Variables["PGPASSFILE"]!, Token))
                .Contains(source.Issued[1].Reveal(), StringComparison.Ordinal),
            "the second token in the file");

        Assert.Equal("1", await PsqlAsync(environment));
    }

    private async Task<string> PsqlAsync(LibpqEnvironment environment)
    {
        var result = await ChildEnvironment.Program(Postgres.Tools.PathOf("psql"), environment.Variables)
            .WithArguments(["-X", "-w", "-At", "-c", "SELECT 1"]).ExecuteBufferedAsync(Token);
        return result.StandardOutput.Trim() + result.StandardError;
    }
}
