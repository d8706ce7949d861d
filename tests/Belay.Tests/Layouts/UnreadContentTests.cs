namespace Belay.Tests.Layouts;

public sealed class UnreadContentTests : LayoutTest
{
    private const string Known =
        "known are no-transaction, lock-timeout <time>, statement-timeout <time>, accept <rule> because <reason> and, once, adopts <id>, "
            + "with times like 500ms, 2s, 10min, 1h";

    [Theory]
    [InlineData("-- belay: lock-timeout banana\nSELECT -1;\n", "1: unknown directive \"lock-timeout banana\"; " + Known)]
    [InlineData("\n-- belay: no-transation\nSELECT -1;\n", "2: unknown directive \"no-transation\"; " + Known)]
    [InlineData(
        "SELECT -1;\n-- belay: lock-timeout 2s\n",
        "2: \"-- belay: lock-timeout 2s\" stands below the first statement, where a directive has no effect: put it above")]
    [InlineData("-- belay: accept drop-table because it is old\nSELECT -1;\n", "1: accept has no effect in a rollback script")]
    public void Refuses_a_directive_of_a_rollback_script_that_would_be_passed_over(string text, string expected)
    {
        Write("0001_a.sql", "SELECT 1;\n");
        Write("0001_a.rollback.sql", text);

        Assert.Equal([$"{PathOf("0001_a.rollback.sql")}:{expected}"], Faults());
    }

    [Theory]
    [InlineData("SELECT 1; -- belay: no-transaction\n", 1, "-- belay: no-transaction")]
    [InlineData("SELECT 1\n  , 2; --belay: lock-timeout=2s\n", 2, "--belay: lock-timeout=2s")]
    [InlineData("/* belay: no-transaction */\nSELECT 1;\n", 1, "/* belay: no-transaction */")]
    [InlineData("/* head */ -- belay: no-transaction\nSELECT 1;\n", 1, "-- belay: no-transaction")]
    [InlineData("/** belay: adopts 19 */\nSELECT 1;\n", 1, "/** belay: adopts 19 */")]
    [InlineData("/*\n * Adds a column.\n * belay: no-transaction\n */\nSELECT 1;\n", 3, "* belay: no-transaction")]
    [InlineData("/* Adds a column.\r\n\tbelay: lock-timeout 2s */\r\nSELECT 1;\r\n", 2, "belay: lock-timeout 2s */")]
    [InlineData("SELECT 1 /* a /* b */\nbelay: adopts 19 */;\n", 2, "belay: adopts 19 */")]
    [InlineData("DROP TABLE a; -- belay: accept drop-table because it is old\n", 1, "-- belay: accept drop-table because it is old")]
    public void Refuses_a_directive_that_has_no_line_of_its_own(string text, int line, string directive)
    {
        Write("0001_a.sql", text);
        Write("0001_a.rollback.sql", text);

        Assert.Equal(
            new[] { "0001_a.sql", "0001_a.rollback.sql" }.Select(name
                => $"{PathOf(name)}:{line}: \"{directive}\" is no comment of dashes on a line of its own, so that it has no effect as a "
                    + "directive: put it on one, above the first statement"),
            Faults());
    }

    [Fact]
    public void Refuses_what_a_rollback_script_cannot_adopt()
    {
        Write("0001_a.sql", "SELECT 1;\n");
        Write("0001_a.rollback.sql", "-- belay: adopts 1975ea83b712\nSELECT -1;\n");

        Assert.Equal([$"{PathOf("0001_a.rollback.sql")}: adopts 1975ea83b712 has no effect in a rollback script"], Faults());
    }

    [Fact]
    public void Refuses_a_mistyped_directive_of_the_way_back_in_the_migration_s_own_file()
    {
        Write("1_a.sql", "-- belay: lock-timeout 2s\n-- migrate:up\nSELECT 1;\n-- migrate:down\n-- belay: lock-timeout 2\nSELECT -1;\n");

        Assert.Equal([$"{PathOf("1_a.sql")}:5: unknown directive \"lock-timeout 2\"; {Known}"], Faults());
    }

    [Theory]
    [InlineData("-- belay: lock-timeout 2s\nSELECT 1;\n", 1)]
    [InlineData("SELECT 1;\n-- belay: no-transaction\n", 2)]
    public void Refuses_a_directive_in_checks_which_has_no_effect(string text, int line)
    {
        Write("0001_a.sql", "SELECT 1;\n");
        Write("0001_a.verify.sql", text);

        var directive = text.Split('\n')[line - 1];
        Assert.Equal(
            [
                $"{PathOf("0001_a.verify.sql")}:{line}: \"{directive}\" has no effect in checks, which run with what their migration asks "
                    + "for",
            ],
            Faults());
    }

    [Theory]
    [InlineData("SELECT 1;\n-- Without \"-- belay: no-transaction\" this waits for nobody.\nSELECT 2;\n")]
    [InlineData("SELECT 1;\n-- -- belay: lock-timeout 2s\nSELECT 2;\n")]
    [InlineData("-- -- belay: lock-timeout 2s\nSELECT 1;\n")]
    [InlineData("SELECT 1;\n/* -- belay: lock-timeout 2s */\n/*\n-- belay: lock-timeout 2s\n*/\nSELECT 2;\n")]
    [InlineData("SELECT '\n-- belay: lock-timeout 2s\n', $a$\n-- belay: no-transaction\n$a$;\n")]
    [InlineData("SELECT 1; -- belay: accept the new state\n/* belay: no rollback */\nSELECT 2; -- belay: lock-timeout is the default\n")]
    [InlineData("SELECT 1; -- belay: no-transactional DDL here\n/* belay: adopts the names of 0002\n * belay: adopts what 0001 has */\n")]
    [InlineData("SELECT 1; -- belay: the rest is in 0002\n-- belay is what runs this\n-- belay : so\n-- note belay: so\n")]
    public void Passes_over_what_only_looks_like_a_directive(string text)
    {
        Write("0001_a.sql", text);
        Write("0001_a.rollback.sql", text);
        Write("0001_a.verify.sql", text);

        Assert.Empty(Open().Remarks);
    }

    [Theory]
    [InlineData("\uFEFF-- belay: lock-timeout 2s\r\nSELECT 1;\r\n")]
    [InlineData("\r\n--\tBELAY:\tlock-timeout\t2s\r\nSELECT 1;\r\n")]
    [InlineData("/* first */ \n  --- belay: lock-timeout = 2s  \nSELECT 1;\n")]
    public void Takes_a_directive_however_it_is_written(string text)
    {
        Write("0001_a.sql", text);
        Write("0001_a.rollback.sql", text);

        var migration = Assert.Single(Open().Migrations);
        Assert.Equal(TimeSpan.FromSeconds(2), migration.Directives.LockTimeout);
        Assert.Equal(
            TimeSpan.FromSeconds(2), Belay.Sql.DirectiveReader.Read("", migration.Rollback!.Text, []).LockTimeout);
    }

    [Fact]
    public void Takes_the_directives_that_a_rollback_script_may_have()
    {
        Write("0001_a.sql", "SELECT 1;\n");
        Write("0001_a.rollback.sql", "-- belay: no-transaction\n-- belay: lock-timeout 2s\n-- belay: statement-timeout 1h\nSELECT -1;\n");

        Assert.Empty(Open().Remarks);
    }

    [Theory]
    [InlineData("0001_a.rollback.sql")]
    [InlineData("0001_a.verify.sql")]
    public void Remarks_on_a_placeholder_in_what_may_never_run(string name)
    {
        Write("0001_a.sql", "SELECT 1;\n");
        Write(name, "SELECT 1;\nSELECT count(*) FROM ${schema}.a;\n");

        Assert.Equal(
            [$"{PathOf(name)}:2:22: ${{schema}} is a placeholder of Flyway, Evolve or MyBatis, and placeholders are not replaced here"],
            Open().Remarks);
    }
}
