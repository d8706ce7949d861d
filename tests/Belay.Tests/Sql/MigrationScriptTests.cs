using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class MigrationScriptTests
{
    private const string BlockHint = "split the file into a migration for each BEGIN … COMMIT: Belay runs a file in one transaction";

    [Theory]
    [InlineData("BEGIN; SELECT 1; COMMIT;", "BEGIN")]
    [InlineData("begin work; SELECT 1; commit work;", "begin work")]
    [InlineData("START TRANSACTION; SELECT 1; END;", "START TRANSACTION")]
    [InlineData("BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 1; END TRANSACTION;", "BEGIN ISOLATION LEVEL SERIALIZABLE")]
    [InlineData("/* c */ BEGIN; SELECT 1; COMMIT AND NO CHAIN", "BEGIN")]
    [InlineData("SELECT 1;", null)]
    [InlineData("SELECT 1; COMMIT;", null)]
    [InlineData("BEGIN; SELECT 1; COMMIT; END;", "BEGIN")]
    public void Takes_the_outermost_transaction_out(string text, string? begin)
    {
        var script = MigrationScript.Read(text, noTransaction: false);
        Assert.Empty(script.Faults);
        Assert.Equal(begin, script.Begin);
        Assert.Equal("SELECT 1", Assert.Single(script.Statements).Sql);
    }

    [Theory]
    [InlineData("COMMIT;\nSELECT 1;", "1: COMMIT")]
    [InlineData("BEGIN;\nROLLBACK WORK;\nCOMMIT;", "2: ROLLBACK WORK")]
    [InlineData("ABORT;", "1: ABORT")]
    [InlineData("SELECT 1;\nPREPARE TRANSACTION 'a';", "2: PREPARE TRANSACTION")]
    [InlineData("BEGIN;\nCOMMIT AND CHAIN;\nCOMMIT;", "2: COMMIT AND")]
    [InlineData("ROLLBACK PREPARED 'a';", "1: ROLLBACK PREPARED")]
    public void Refuses_other_transaction_control_with_its_line(string text, string expected)
    {
        var faults = MigrationScript.Read(text, noTransaction: false).Faults;
        Assert.Equal(
            expected.Split('|').Select(line => $"{line} inside the migration's transaction"),
            faults.Select(fault => $"{fault.Line}: {fault.Message}"));
        Assert.All(faults, fault => Assert.Equal("take it out: Belay runs a file in one transaction", fault.Hint));
    }

    [Fact]
    public void Has_one_answer_to_several_transactions_with_the_directive_and_without_it()
    {
        const string Blocks = "BEGIN;\nSELECT 1;\nCOMMIT;\nBEGIN;\nSELECT 2;\nCOMMIT;";
        Assert.Equal(
            [new ScriptFault(4, 1, "a second transaction begins, after the one that line 3 has ended", BlockHint)],
            MigrationScript.Read(Blocks, noTransaction: false).Faults);
        Assert.All(MigrationScript.Read(Blocks, noTransaction: true).Faults, fault => Assert.Equal(BlockHint, fault.Hint));
        Assert.Equal(
            [new ScriptFault(2, 1, "BEGIN inside the transaction that line 1 has begun", "take one of the two out")],
            MigrationScript.Read("BEGIN;\nSTART TRANSACTION;\nCOMMIT;", noTransaction: false).Faults);
    }

    [Theory]
    [InlineData("BEGIN;\nSELECT 1;\nCOMMIT;\nVACUUM;")]
    [InlineData("BEGIN;\nVACUUM;\nCOMMIT;")]
    public void Names_a_way_out_that_the_next_refusal_does_not_contradict(string text)
        => Assert.Equal(
            [
                "split the file: what stands between BEGIN and COMMIT into one migration, the rest into another, which asks for "
                    + "\"-- belay: no-transaction\" if it must",
            ],
            MigrationScript.Read(text, noTransaction: false).Faults
                .Concat(MigrationScript.Read(text, noTransaction: true).Faults)
                .Select(fault => fault.Hint)
                .Distinct());

    [Theory]
    [InlineData("COPY t FROM stdin WITH (FORMAT binary);", true)]
    [InlineData("COPY t FROM STDIN (format 'binary');", true)]
    [InlineData("COPY t FROM stdin BINARY;", true)]
    [InlineData("COPY BINARY t FROM stdin;", true)]
    [InlineData("COPY t (binary) FROM stdin;", false)]
    [InlineData("COPY binary FROM stdin;", false)]
    [InlineData("COPY t FROM stdin (FORMAT csv);", false)]
    public void Refuses_binary_data(string sql, bool refused)
        => Assert.Equal(
            refused
                ?
                [
                    "COPY … FROM stdin in binary form: the data in a script is text",
                    "write the data as text or CSV, or load it outside the migration",
                ]
                : Array.Empty<string>(),
            MigrationScript.Read(sql, noTransaction: false).Faults.SelectMany(fault => new[] { fault.Message, fault.Hint }));

    [Theory]
    [InlineData("CREATE EXTENSION a;\nCOMMIT;\nCREATE INDEX CONCURRENTLY i ON t (a);\nBEGIN;", 2)]
    [InlineData("END;\nVACUUM;\nSTART TRANSACTION;", 1)]
    [InlineData("SELECT 1;\nCOMMIT;\nSET lock_timeout = 0;\nDROP INDEX CONCURRENTLY i;\nSET lock_timeout = '5s';", 4)]
    public void A_script_that_steps_out_of_its_tool_s_transaction_and_back_runs_outside_one(string text, int statements)
    {
        var script = MigrationScript.Read(text, noTransaction: true);
        Assert.Equal((statements, null), (script.Statements.Count, script.Begin));
        Assert.Empty(script.Faults);
    }

    [Theory]
    [InlineData("COMMIT;\nSELECT 1;\nBEGIN;")]
    [InlineData("COMMIT;\nVACUUM;\nBEGIN;\nSELECT 1;")]
    [InlineData("COMMIT;\nVACUUM;\nCOMMIT;")]
    [InlineData("LOCK TABLE a;\nCOMMIT;\nVACUUM;")]
    [InlineData("SAVEPOINT a;\nCOMMIT;\nVACUUM;")]
    [InlineData("ROLLBACK TO a;\nCOMMIT;\nVACUUM;")]
    [InlineData("RELEASE a;\nCOMMIT;\nVACUUM;")]
    [InlineData("DECLARE a CURSOR FOR SELECT 1;\nCOMMIT;\nVACUUM;")]
    [InlineData("SET CONSTRAINTS ALL DEFERRED;\nCOMMIT;\nVACUUM;")]
    [InlineData("SET TRANSACTION READ ONLY;\nCOMMIT;\nVACUUM;")]
    [InlineData("SET LOCAL search_path = a;\nCOMMIT;\nVACUUM;\nBEGIN;")]
    [InlineData("BEGIN;\nVACUUM;\nCOMMIT;")]
    public void Other_COMMITs_in_a_file_without_a_transaction_stay_a_fault(string text)
        => Assert.NotEmpty(MigrationScript.Read(text, noTransaction: true).Faults);

    [Theory]
    [InlineData("SELECT 1;\nCOMMIT;", "take it out")]
    [InlineData("BEGIN;\nSELECT 1;\nCOMMIT;", "take the directive out: the file has a transaction of its own")]
    public void Names_what_to_take_out_of_a_file_that_asks_for_no_transaction(string text, string hint)
        => Assert.All(MigrationScript.Read(text, noTransaction: true).Faults, fault => Assert.Equal(hint, fault.Hint));

    [Fact]
    public void Counts_no_statement_between_two_semicolons()
        => Assert.Equal(["SELECT 1", "SELECT 2"], MigrationScript.Read("SELECT 1;; ;SELECT 2", false).Statements.Select(part => part.Sql));

    [Fact]
    public void Refuses_BEGIN_without_COMMIT()
        => Assert.Equal(
            [
                new ScriptFault(
                    2, 1, "BEGIN without COMMIT: psql would roll everything back at the end of the file", "add COMMIT; at the end"),
            ],
            MigrationScript.Read("SELECT 1;\nBEGIN;\nSELECT 2;", noTransaction: false).Faults);

    [Fact]
    public void Lets_savepoints_and_words_in_bodies_stand()
    {
        var script = MigrationScript.Read(
            "SAVEPOINT a; ROLLBACK TO a; ROLLBACK WORK TO SAVEPOINT a; RELEASE a; DO $$ BEGIN COMMIT; END $$; SELECT 'COMMIT;';",
            noTransaction: false);
        Assert.Empty(script.Faults);
        Assert.Equal(6, script.Statements.Count);
    }

    [Theory]
    [InlineData("CREATE INDEX CONCURRENTLY a ON t (b)", "CREATE INDEX CONCURRENTLY")]
    [InlineData("create /* c */ unique index concurrently if not exists a on t (b)", "CREATE INDEX CONCURRENTLY")]
    [InlineData("DROP INDEX CONCURRENTLY a", "DROP INDEX CONCURRENTLY")]
    [InlineData("REINDEX TABLE CONCURRENTLY t", "REINDEX CONCURRENTLY")]
    [InlineData("REINDEX (CONCURRENTLY) TABLE t", "REINDEX CONCURRENTLY")]
    [InlineData("REINDEX SCHEMA s", "REINDEX SCHEMA")]
    [InlineData("REINDEX (VERBOSE) DATABASE d", "REINDEX DATABASE")]
    [InlineData("VACUUM (ANALYZE) t", "VACUUM")]
    [InlineData("CLUSTER", "CLUSTER")]
    [InlineData("CREATE DATABASE d", "CREATE DATABASE")]
    [InlineData("DROP TABLESPACE d", "DROP TABLESPACE")]
    [InlineData("ALTER SYSTEM SET a = 1", "ALTER SYSTEM")]
    [InlineData("ALTER DATABASE d SET TABLESPACE s", "ALTER DATABASE SET TABLESPACE")]
    [InlineData("ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "DETACH PARTITION CONCURRENTLY")]
    [InlineData("DISCARD ALL", "DISCARD ALL")]
    public void Refuses_what_no_transaction_may_contain_unless_the_file_asks(string sql, string name)
    {
        var text = $"SELECT 1;\n  {sql};";
        Assert.Equal(
            [
                new ScriptFault(
                    2,
                    3,
                    $"{name} cannot run inside a transaction",
                    "put the directive \"-- belay: no-transaction\" in the file's first line"),
            ],
            MigrationScript.Read(text, noTransaction: false).Faults);
        Assert.Empty(MigrationScript.Read(text, noTransaction: true).Faults);
    }

    [Theory]
    [InlineData("CREATE INDEX a ON t (b)")]
    [InlineData("CREATE INDEX \"concurrently\" ON t (b)")]
    [InlineData("REFRESH MATERIALIZED VIEW CONCURRENTLY v")]
    [InlineData("REINDEX TABLE t")]
    [InlineData("REINDEX TABLE database")]
    [InlineData("CLUSTER t USING a")]
    [InlineData("ALTER DATABASE d SET work_mem = '1MB'")]
    [InlineData("ALTER TABLE t DETACH PARTITION p")]
    [InlineData("COMMENT ON TABLE t IS 'VACUUM'")]
    [InlineData("DISCARD PLANS")]
    public void Lets_stand_what_a_transaction_may_contain(string sql)
        => Assert.Empty(MigrationScript.Read(sql, noTransaction: false).Faults);

    [Fact]
    public void Refuses_new_enum_values_in_a_transaction_only_before_version_12()
    {
        const string sql = "ALTER TYPE mood ADD VALUE 'calm';";
        Assert.Empty(MigrationScript.Read(sql, noTransaction: false, serverMajor: 12).Faults);
        Assert.Equal(
            "ALTER TYPE … ADD VALUE before PostgreSQL 12 cannot run inside a transaction",
            Assert.Single(MigrationScript.Read(sql, noTransaction: false, serverMajor: 11).Faults).Message);
    }

    [Theory]
    [InlineData("ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "DETACH PARTITION CONCURRENTLY", 14)]
    [InlineData("REINDEX INDEX CONCURRENTLY t_a", "REINDEX CONCURRENTLY", 12)]
    public void Refuses_commands_that_an_older_server_does_not_have(string sql, string name, int least)
    {
        Assert.Empty(MigrationScript.Read(sql, noTransaction: true, serverMajor: least).Faults);
        Assert.Equal(
            [
                new ScriptFault(
                    1,
                    1,
                    $"{name} needs PostgreSQL {least}; the server is version {least - 1}",
                    "upgrade the server, or write the migration without CONCURRENTLY"),
            ],
            MigrationScript.Read(sql, noTransaction: true, serverMajor: least - 1).Faults);
    }

    [Theory]
    [InlineData("ALTER TYPE mood ADD VALUE 'calm'", 11, true)]
    [InlineData("ALTER TYPE mood ADD VALUE 'calm'", 12, false)]
    [InlineData("CALL clear()", 18, true)]
    [InlineData("VACUUM", 18, true)]
    [InlineData("UPDATE t SET a = 1", 11, false)]
    public void Knows_what_runs_on_its_own_outside_a_transaction(string sql, int serverMajor, bool alone)
        => Assert.Equal(alone, StatementShape.Of(sql).RunsAloneOn(serverMajor));

    [Fact]
    public void Refuses_transaction_control_and_unnamed_indexes_in_a_file_without_a_transaction()
        => Assert.Equal(
            [
                new ScriptFault(1, 1, "START in a file that asks for no transaction", TransactionControl.SplitHint),
                new ScriptFault(
                    2,
                    1,
                    "CREATE INDEX CONCURRENTLY without a name for the index",
                    "name the index, so that a rerun can tell whether it is valid"),
                new ScriptFault(3, 1, "END in a file that asks for no transaction", TransactionControl.SplitHint),
            ],
            MigrationScript.Read("START TRANSACTION;\nCREATE INDEX CONCURRENTLY ON t (a);\nEND;", noTransaction: true).Faults);

    [Fact]
    public void Names_all_faults_in_the_order_of_their_lines()
    {
        var faults = MigrationScript.Read("\\i a.sql\nVACUUM;\n\\! ls\nCOMMIT;\nSELECT 'a", noTransaction: false).Faults;
        Assert.Equal(
            [
                "1:1: \\i runs another file, whose text the history would not keep",
                "2:1: VACUUM cannot run inside a transaction",
                "3:1: \\! runs a program on the machine that migrates",
                "4:1: COMMIT inside the migration's transaction",
                "5:8: a string without its closing quote",
            ],
            faults.Select(fault => $"{fault.Line}:{fault.Column}: {fault.Message}"));
        Assert.Equal(
            ["take the command out of the migration", "correct the script; psql would not run it as it looks either"],
            new[] { faults[0], faults[^1] }.Select(fault => fault.Hint));
        Assert.Equal(
            [1, 9], MigrationScript.Read("VACUUM; VACUUM;", noTransaction: false).Faults.Select(fault => fault.Column));
    }

    [Fact]
    public void Joins_COPY_with_its_data_even_when_there_is_none()
    {
        Assert.Equal(
            ["1\n2\n", null],
            MigrationScript.Read("COPY t FROM stdin;\n1\n2\n\\.\nSELECT 1;", noTransaction: false).Statements.Select(
                statement => statement.CopyData));
        Assert.Equal("", Assert.Single(MigrationScript.Read("COPY t FROM stdin;", noTransaction: false).Statements).CopyData);
    }

    [Theory]
    [InlineData("COPY t TO stdout")]
    [InlineData("COPY (SELECT 1) TO STDOUT WITH (FORMAT csv)")]
    public void Refuses_COPY_to_the_output(string sql)
        => Assert.Equal(
            [
                new ScriptFault(
                    1,
                    1,
                    "COPY … TO STDOUT has no output to write to here",
                    "take it out, or report rows with a check in the .verify.sql file"),
            ],
            MigrationScript.Read(sql, noTransaction: false).Faults);
}
