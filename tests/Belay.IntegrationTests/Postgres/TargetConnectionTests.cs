using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Settings;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.IntegrationTests.Postgres;

public sealed class TargetConnectionTests(PostgresFixture postgres)
{
    private const string OddPassword = @"p:a\ss 'w""ord%@/#";

    [Fact]
    public async Task Npgsql_and_libpq_take_the_same_address_with_an_odd_password()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        var target = await RoleWithOddPasswordAsync(database);
        var host = target.Hosts[0];
        var parsed = DatabaseUrl.Parse(
            $"postgresql://{target.Username}:{Uri.EscapeDataString(OddPassword)}@127.0.0.1:{host.Port}/{target.Database}?"
                + "options=-c%20work_mem%3D5MB&connect_timeout=20");

        await using var connection = await new DatabaseConnector(parsed).OpenAsync("test", Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "SHOW work_mem";

        Assert.Equal("5MB", await command.ExecuteScalarAsync(Token));
        Assert.Equal($"{target.Username} 5MB belay test", await PsqlAsync(parsed));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_by_libpq_too()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        var target = await RoleWithOddPasswordAsync(database);

        Assert.Contains(
            "password authentication failed",
            await PsqlAsync(target with { Password = new Secret("another-word-1") }),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_go_on_to_the_next_host_when_the_first_does_not_answer()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        var target = await RoleWithOddPasswordAsync(database);
        var several = target with
        {
            Hosts = [new("127.0.0.1", 1), new("127.0.0.1", target.Hosts[0].Port)],
            Options = new Dictionary<string, string> { ["target_session_attrs"] = "read-write", ["options"] = "-c work_mem=5MB" },
        };

        await using var connection = await new DatabaseConnector(several).OpenAsync("test", Token);

        Assert.Equal(target.Database, connection.Database);
        Assert.Equal($"{target.Username} 5MB belay test", await PsqlAsync(several));
    }

    [Fact]
    public async Task Identity_changes_when_the_database_is_another_one_of_the_same_server()
    {
        await using var first = await postgres.CreateDatabaseAsync(Token);
        await using var second = await postgres.CreateDatabaseAsync(Token);
        await using var firstConnection = await first.OpenAsync(Token);
        await using var secondConnection = await second.OpenAsync(Token);

        var (one, other) = (
            await DatabaseReader.ReadIdentityAsync(firstConnection, Token),
            await DatabaseReader.ReadIdentityAsync(secondConnection, Token));

        Assert.Equal(one.SystemIdentifier, other.SystemIdentifier);
        Assert.Matches("^[0-9]+$", one.SystemIdentifier);
        Assert.NotEqual(one.Oid, other.Oid);
        Assert.Equal((first.Target.Database, second.Target.Database), (one.Name, other.Name));
    }

    [Fact]
    public async Task Identity_is_unknown_where_the_role_may_not_read_it_and_the_transaction_stays_usable()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC", Token);
        var role = await database.CreateRoleAsync(Token);
        await using var connection = await new DatabaseConnector(role).OpenAsync("test", Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);

        Assert.Equal(DatabaseReader.UnknownSystem, (await DatabaseReader.ReadIdentityAsync(connection, Token)).SystemIdentifier);
        Assert.Equal(role.Username, (await DatabaseReader.ReadServerAsync(connection, Token)).Role);
    }

    private static async Task<DatabaseTarget> RoleWithOddPasswordAsync(TestDatabase database)
    {
        var target = await database.CreateRoleAsync(Token);
        await database.ExecuteAsync(
            $"ALTER ROLE {target.Username} PASSWORD '{OddPassword.Replace("'", "''", StringComparison.Ordinal)}'", Token);
        return target with { Password = new Secret(OddPassword) };
    }

    private async Task<string> PsqlAsync(DatabaseTarget target)
    {
        await using var environment = await LibpqEnvironment.CreateAsync(target, "belay test", Token);
        var answer = await Cli.Wrap(postgres.Tools.PathOf("psql"))
            .WithArguments(
                [
                    "-X",
                    "-w",
                    "-A",
                    "-t",
                    "-c",
                    "SELECT current_user || ' ' || current_setting('work_mem') || ' ' || current_setting('application_name')",
                ])
            .WithEnvironmentVariables(environment.Variables)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Token);
        return (answer.StandardOutput + answer.StandardError).Trim();
    }
}
