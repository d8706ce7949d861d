namespace Belay.Tests.Layouts.Flyway;

public sealed class FlywayLayoutTests : LayoutTest
{
    [Fact]
    public void Orders_versions_by_their_parts_in_either_spelling()
    {
        foreach (var version in new[] { "2", "1.10", "1_2", "1", "0.9.1", "20240131120000" })
        {
            Write($"V{version}__a.sql", "SELECT 1;");
        }

        Assert.Equal(
            ["V0.9.1__a.sql", "V1__a.sql", "V1_2__a.sql", "V1.10__a.sql", "V2__a.sql", "V20240131120000__a.sql"],
            Open().Migrations.Select(migration => migration.FileName));
    }

    [Fact]
    public void Takes_undo_scripts_for_rollbacks_and_repeatable_scripts_after_the_others()
    {
        Write("R__views.sql", "SELECT 'views';");
        Write("sub/V1_0__Add users.sql", "SELECT 1;");
        Write("U1__Add users.sql", "SELECT -1;");
        Write("R__A functions.sql", "SELECT 'functions';");
        var migrations = Open().Migrations;
        Assert.Equal(
            [(false, 1m, "Add users"), (true, 0m, "A functions"), (true, 0m, "views")],
            migrations.Select(migration => (migration.IsRepeatable, migration.Version, migration.Name)));
        Assert.Equal(["SELECT -1;", null, null], migrations.Select(migration => migration.Rollback?.Text));
    }

    [Fact]
    public void Runs_outside_a_transaction_what_is_configured_so_or_allows_nothing_else()
    {
        Write("V1__a.sql", "SELECT 1;");
        Write("V1__a.sql.conf", "# why\nexecuteInTransaction=false\n");
        Write("V2__b.sql", "VACUUM;");
        Write("V3__c.sql", "VACUUM; SELECT 1;");
        Assert.Equal([true, true, false], Open().Migrations.Select(migration => migration.Directives.NoTransaction));
    }

    [Fact]
    public void Refuses_what_only_Flyway_can_do()
    {
        Write("B3__base.sql", "SELECT 1;");
        Write("V1__a.sql", "SELECT '${not_in_a_comment}'; -- ${fine}\nCREATE TABLE ${schema}.a ();\nSELECT '$', '{x}';");
        Write("V2__b.sql", "SELECT 1;");
        Write("V2__b.sql.conf", "shouldExecute=${x}");
        Assert.Equal(
            [
                $"{PathOf("V1__a.sql")}:1:9: ${{not_in_a_comment}} is a placeholder, and placeholders are not replaced here",
                $"{PathOf("V2__b.sql.conf")} sets shouldExecute, which is not known here",
                $"{PathOf("V1__a.sql")}:2:14: ${{schema}} is a placeholder of Flyway, Evolve or MyBatis, and placeholders are not "
                    + "replaced here",
                $"{PathOf("B3__base.sql")} is not named like a migration of flyway",
            ],
            Faults());
    }

    [Fact]
    public void Orders_parts_of_any_size_by_their_value()
    {
        string[] names =
        [
            "V1.2__a.sql",
            "V1.9999__b.sql",
            "V1.10000__c.sql",
            "V1.20240131__d.sql",
            "V1.20240201__e.sql",
            "V1.20240131120000__f.sql",
            "V2__g.sql",
        ];
        foreach (var name in names.Reverse())
        {
            Write(name, "SELECT 1;");
        }

        Assert.Equal(names, Open().Migrations.Select(migration => migration.FileName));
    }

    [Fact]
    public void Refuses_two_spellings_of_one_version()
    {
        Write("V1_0__a.sql", "SELECT 1;");
        Write("V1__b.sql", "SELECT 1;");
        Assert.Equal(["Version 1 is used by 2 files: V1_0__a.sql, V1__b.sql"], Faults());
    }
}
