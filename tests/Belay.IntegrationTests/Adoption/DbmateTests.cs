using System.Runtime.InteropServices;
using Belay.Adoption;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Local;
using Belay.Local.Node;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.IntegrationTests.Adoption;

/// <summary>dbmate itself migrates a database, and Belay goes on with the same folder.</summary>
public sealed class DbmateTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private static readonly NpmPackage Dbmate = new(
        "Dbmate",
        typeof(DbmateTests).Assembly,
        "whose history the tests adopt",
        (message, hint, inner) => new LocalException(message, hint, inner));

    [Fact]
    public async Task Goes_on_where_dbmate_stopped()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64,
            "The package has a program for Linux on x64 alone.");
        Bench.Write(
            "20240501100000_orders.sql", "-- migrate:up\nCREATE TABLE orders (id integer);\n\n-- migrate:down\nDROP TABLE orders;\n");
        Bench.Write(
            "20240502100000_items.sql",
            "-- migrate:up transaction:false\nCREATE TABLE items (id integer);\n\n-- migrate:down\nDROP TABLE items;\n");
        await MigrateWithDbmateAsync();
        Bench.Write("20240503100000_notes.sql", "-- migrate:up\nCREATE TABLE notes (id integer);\n\n-- migrate:down\nDROP TABLE notes;\n");

        Assert.Equal(
            "1 fault in the migrations, nothing was run:\npublic.schema_migrations has 2 applied migrations of dbmate, and Belay has no "
                + "history here: the pending migrations may be applied already",
            (await Bench.FailAsync()).Message);
        var recorded = await new AdoptRunner(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System).RunAsync(
            new AdoptRequest { Files = MigrationFolder.Read(Bench.Settings.Folder) }, Token);
        var applied = (await Bench.RunAsync()).Applied;

        Assert.Equal(["adopted from dbmate: 20240501100000", "adopted from dbmate: 20240502100000"], recorded.Select(row => row.Remark));
        Assert.Equal(["notes"], applied.Select(row => row.Name));
        Assert.Equal(["20240501100000", "20240502100000"], await Bench.QueryAsync("SELECT version FROM schema_migrations ORDER BY 1"));
    }

    private async Task MigrateWithDbmateAsync()
    {
        var modules = await NpmInstallation.EnsureAsync(Dbmate, Path.Combine(TestFolder.Kept, "dbmate"), TimeProvider.System, Token);
        var login = $"{Uri.EscapeDataString(Database.Target.Username)}:{Uri.EscapeDataString(Database.Target.Password?.Reveal() ?? "")}";
        var result = await Cli.Wrap(Path.Combine(modules, "@dbmate", "linux-x64", "bin", "dbmate"))
            .WithArguments(["--no-dump-schema", "--migrations-dir", Bench.Settings.Folder, "migrate"])
            .WithEnvironmentVariables(
                variables => variables.Set(
                    "DATABASE_URL", $"postgres://{login}@{Database.Target.Hosts[0]}/{Database.Target.Database}?sslmode=disable"))
            .WithWorkingDirectory(Bench.Settings.Folder)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Token);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }
}
