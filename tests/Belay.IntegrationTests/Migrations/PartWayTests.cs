using Belay.History;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Reporting;

namespace Belay.IntegrationTests.Migrations;

/// <summary>A migration that stopped part-way, seen by Status and by the next release.</summary>
public sealed class PartWayTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    protected override async Task PrepareAsync()
    {
        Bench.Write("1_a.sql", "CREATE TABLE t (id integer);");
        Bench.Write("5_e.sql", "-- belay: no-transaction\nINSERT INTO t VALUES (1);\nSELECT missing FROM t;\nVACUUM t;");
        await Bench.FailAsync();
    }

    [Fact]
    public async Task Status_shows_it_as_part_way_with_or_without_its_file()
    {
        var (file, gone) = (await StateAsync(), await StateAsync(delete: true));

        Assert.Equal(("5_e", true), (file.Name, file.IsPartWay));
        Assert.Matches(
            "^1 statement ran; the last that began, on [0-9: -]+ UTC, was SELECT MISSING, which failed with SQLSTATE 42703; Migrate goes "
                + "on with it$", file.Remark);
        Assert.Equal(("5", true), (gone.Name, gone.IsPartWay));
        Assert.StartsWith("its file is not in the folder; 1 statement ran; ", gone.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_release_stops_when_its_file_is_gone()
    {
        File.Delete(Bench.PathOf("5_e.sql"));
        Bench.Write("6_f.sql", "CREATE TABLE f (id integer);");

        var failure = await Bench.FailAsync();

        Assert.Equal(ExitCodes.PreflightRefused, failure.ExitCode);
        Assert.Matches(
            "^1 fault in the migrations, nothing was run:\nMigration 5 stopped part-way outside a transaction, and its file is not in the "
                + "folder: 1 statement ran; "
            + "the last that began, on [0-9: -]+ UTC, was SELECT MISSING, which failed with SQLSTATE 42703. Nothing may run over it$",
            failure.Message);
        Assert.Equal(
            "put its file back, and ./build.sh Migrate goes on with it; if the database is put right by hand, DELETE FROM belay.statement "
                + "WHERE version = 5 says so", failure.Hint);
        Assert.DoesNotContain("public.f", await Bench.TablesAsync());
    }

    [Fact]
    public async Task The_next_release_stops_also_when_nothing_else_is_pending()
    {
        File.Delete(Bench.PathOf("5_e.sql"));
        Assert.Equal(ExitCodes.PreflightRefused, (await Bench.FailAsync()).ExitCode);
    }

    [Fact]
    public async Task Nothing_runs_before_it_has_ended()
    {
        var path = Bench.Write("4_d.sql", "CREATE TABLE d (id integer);");
        Bench.Settings = Bench.Settings with { AllowOutOfOrder = true };

        var failure = await Bench.FailAsync();

        Assert.StartsWith(
            $"1 fault in the migrations, nothing was run:\n{path} sorts before migration 5, which stopped part-way outside a transaction: "
                + "1 statement ran; ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("public.d", await Bench.TablesAsync());
    }

    [Fact]
    public async Task A_file_whose_first_statement_was_rolled_back_is_not_part_way()
    {
        await Database.ExecuteAsync("DELETE FROM belay.statement", Token);
        Bench.Write("5_e.sql", "-- belay: no-transaction\nSELECT missing FROM t;\nVACUUM t;");
        Assert.Equal(ExitCodes.MigrationRolledBack, (await Bench.FailAsync()).ExitCode);

        Assert.Equal(("5_e", false, null), await StateAsync() is var state ? (state.Name, state.IsPartWay, state.Remark) : default);
        File.Delete(Bench.PathOf("5_e.sql"));
        Assert.Empty((await Bench.RunAsync()).Applied);
    }

    private async Task<StatusMigration> StateAsync(bool delete = false)
    {
        if (delete)
        {
            File.Delete(Bench.PathOf("5_e.sql"));
        }

        await using var connection = await Database.OpenAsync(Token);
        var states = MigrationStates.Of(
            MigrationFolder.Read(Bench.Settings.Folder),
            await MigrationHistory.ReadAsync(connection, Token),
            await PartWayHistory.ReadAsync(connection, Token));
        return Assert.Single(states, state => state.AppliedUtc is null);
    }
}
