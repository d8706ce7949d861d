using Belay.Migrators;
using Belay.Postgres;
using Belay.Settings;

namespace Belay.Tests.Migrators;

public sealed class MigratorEnvironmentTests
{
    [Theory]
    [InlineData("BACKUP_STORE")]
    [InlineData("AZURE_STORAGE_CONNECTION_STRING")]
    [InlineData("BACKUP_KEY")]
    [InlineData("BACKUP_KEY_FILE")]
    [InlineData("SMOKE_PASSWORD")]
    public async Task Takes_away_the_secrets_of_backups_and_login(string name)
    {
        var target = DatabaseUrl.Parse("postgresql://owner:hidden-word@db.example.com/app");
        await using var libpq = await LibpqEnvironment.CreateAsync(target, MigratorEnvironment.ApplicationName, TestContext.Current.CancellationToken);

        var variables = MigratorEnvironment.Of(libpq, target);

        Assert.Contains(name, variables);
        Assert.Null(variables[name]);
        Assert.Equal("postgresql://owner:hidden-word@db.example.com:5432/app", variables["DATABASE_URL"]);
    }
}
