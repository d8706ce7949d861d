using Belay.IntegrationTests.Support;
using Belay.Postgres;

namespace Belay.IntegrationTests.Postgres;

public sealed class PostgresFixtureTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Gives_each_test_an_empty_database_and_drops_it_even_while_someone_is_connected()
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        Assert.Equal(
            0L, await database.ScalarAsync("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace", Token));
        await using var connection = await database.OpenAsync(Token);
        await database.DisposeAsync();
        await Assert.ThrowsAsync<DatabaseUnreachableException>(() => database.OpenAsync(Token));
    }

    [Fact]
    public async Task Makes_roles_without_rights_and_runs_scripts_with_psql()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        var role = await database.CreateRoleAsync(Token);
        var file = Path.Combine(TestFolder.New("psql"), "script.sql");
        await File.WriteAllTextAsync(
            file, "\\set ON_ERROR_STOP on\nSELECT 'as ' || current_user;\nCREATE SCHEMA mine;\n", Token);
        var result = await Psql.RunAsync(role, file, Token);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Assert.Contains($"as {role.Username}", result.StandardOutput, StringComparison.Ordinal);
        Assert.Contains($"permission denied for database {role.Database}", result.StandardError, StringComparison.Ordinal);
        Assert.Equal(3, result.ExitCode);
    }
}
