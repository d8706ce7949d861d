using Belay.Migrators;
using Belay.Postgres;
using Belay.Settings;

namespace Belay.Tests.Migrators;

public sealed class MigratorEnvironmentTests
{
    [Theory]
    [InlineData("BACKUP_OF_A_MIGRATOR_TEST")]
    [InlineData("AZURE_OF_A_MIGRATOR_TEST")]
    [InlineData("AWS_OF_A_MIGRATOR_TEST")]
    [InlineData("SMOKE_OF_A_MIGRATOR_TEST")]
    public async Task Takes_away_the_secrets_of_backups_and_login(string name)
    {
        Environment.SetEnvironmentVariable(name, "x");
        var target = DatabaseUrl.Parse("postgresql://owner:hidden-word@db.example.com/app");
        await using var libpq = await LibpqEnvironment.CreateAsync(
            target, MigratorEnvironment.ApplicationName, Token);

        var variables = MigratorEnvironment.Of(libpq, target);

        Assert.Contains(name, variables);
        Assert.Null(variables[name]);
        Assert.Equal("postgresql://owner:hidden-word@db.example.com:5432/app", variables["DATABASE_URL"]);
    }
}
