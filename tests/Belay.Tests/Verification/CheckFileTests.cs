using Belay.Verification;

namespace Belay.Tests.Verification;

public sealed class CheckFileTests
{
    [Fact]
    public void Reads_rows_no_rows_and_reports()
    {
        var checks = CheckFile.Parse("0001_x.verify.sql", """
            -- The guide's manual verification.
            /* all of it */

            -- check: columns exist with correct definitions
            -- expect:
            --   max_reports   | integer | 5 | NO
            --   max_templates | integer | 5 | NO
            SELECT column_name, data_type, column_default, is_nullable
            FROM information_schema.columns; -- a remark

            -- check: every user has the defaults
            -- expect: no rows
            SELECT id FROM "user" WHERE max_reports IS DISTINCT FROM 5;

            -- check: total users
            -- report
            SELECT count(*) AS total_users FROM "user"
            """);

        Assert.Equal(
            ["columns exist with correct definitions", "every user has the defaults", "total users"], checks.Select(check => check.Title));
        Assert.Equal([8, 13, 17], checks.Select(check => check.Line));
        Assert.Equal([["max_reports", "integer", "5", "NO"], ["max_templates", "integer", "5", "NO"]], checks[0].Expected!);
        Assert.Empty(checks[1].Expected!);
        Assert.Null(checks[2].Expected);
        Assert.Equal("SELECT count(*) AS total_users FROM \"user\"", checks[2].Sql);
        Assert.EndsWith("FROM information_schema.columns", checks[0].Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_every_fault_with_file_and_line()
    {
        var exception = Assert.Throws<CheckFileException>(() => CheckFile.Parse("f.sql", """
            SELECT 1;
            -- check: nothing expected
            SELECT 1;
            -- check: two statements
            -- report
            SELECT 1; SELECT 2;
            -- check: no rows listed
            -- expect:
            SELECT 1;
            -- check: no statement
            -- report
            -- check: said twice
            -- expect: no rows
            -- report
            SELECT 1;
            -- check: odd words
            -- expect: five rows
            SELECT 1;
            -- check:
            -- report
            SELECT 1;
            -- check: ends the transaction
            -- report
            COMMIT;
            """));

        Assert.Equal(
            [
                "f.sql:1: a statement stands outside a check; put '-- check: title' before it",
                "f.sql:2: check 'nothing expected' expects nothing; add '-- expect:' with its rows, '-- expect: no rows' or '-- report'",
                "f.sql:6: check 'two statements' has more than one statement; put '-- check: title' before the second",
                "f.sql:8: check 'no rows listed' lists no rows after '-- expect:'; write '-- expect: no rows' when it must return none",
                "f.sql:10: check 'no statement' has no statement",
                "f.sql:14: check 'said twice' says twice what it expects",
                "f.sql:17: '-- expect: five rows' is not understood; write '-- expect: no rows', or '-- expect:' and one comment line per "
                    + "row",
                "f.sql:19: a check needs a title: '-- check: title'",
                "f.sql:24: check 'ends the transaction' is not a query: it begins with 'COMMIT'; use SELECT, WITH, VALUES, TABLE or SHOW",
            ],
            exception.Faults);
        Assert.StartsWith("9 faults in the verification files:\n  f.sql:1: a statement", exception.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, exception.ExitCode);
    }

    [Fact]
    public void Refuses_a_file_without_checks()
    {
        var exception = Assert.Throws<CheckFileException>(() => CheckFile.Parse("f.sql", "-- only a remark\n"));

        Assert.Equal(["f.sql:1: no checks; a check begins with '-- check: title'"], exception.Faults);
    }

    [Theory]
    [InlineData("SELECT 'a;b'")]
    [InlineData("SELECT E'a\\';b'")]
    [InlineData("SELECT \"a;b\" FROM t")]
    [InlineData("SELECT $$a;b$$")]
    [InlineData("SELECT $tag$a;$$b$tag$")]
    [InlineData("SELECT 1 /* a; /* nested; */ b; */ + 1")]
    [InlineData("SELECT 1 -- a;\n + 1")]
    [InlineData("SELECT '\n-- check: not a header\n'")]
    [InlineData("(SELECT 1)")]
    public void Takes_a_semicolon_or_header_inside_a_literal_as_part_of_the_statement(string sql)
    {
        var check = Assert.Single(CheckFile.Parse("f.sql", $"-- check: one\r\n-- report\r\n{sql};\r\n"));

        Assert.Equal(sql, check.Sql);
    }

    [Fact]
    public void Ends_the_rows_at_a_blank_line_or_an_empty_comment()
    {
        var checks = CheckFile.Parse("f.sql", """
            -- check: one
            -- expect:
            --   1
            --
            -- a remark
            SELECT 1;
            -- check: two
            -- expect:
            --   2

            -- a remark
            SELECT 2;
            """);

        Assert.Equal([["1"]], checks[0].Expected!);
        Assert.Equal([["2"]], checks[1].Expected!);
    }

    [Fact]
    public void Names_the_faults_of_all_sources_together()
    {
        var exception = Assert.Throws<CheckFileException>(
            () => CheckFile.Read([new("a.verify.sql", "SELECT 1;"), new("b.verify.sql", "")]));

        Assert.Equal(
            [
                "a.verify.sql:1: a statement stands outside a check; put '-- check: title' before it",
                "b.verify.sql:1: no checks; a check begins with '-- check: title'",
            ],
            exception.Faults);
    }

    [Theory]
    [InlineData("SELECT E'it''s \\';'")]
    [InlineData("SELECT E'a'\n  '\\';b'")]
    [InlineData("SELECT $→$a;b$→$")]
    [InlineData("SELECT n FROM (SELECT 1 AS n) AS →$$")]
    [InlineData("SELECT U&'\\0041;'")]
    public void Cuts_a_statement_where_the_server_would(string sql)
        => Assert.Equal(sql, Assert.Single(CheckFile.Parse("f.sql", $"-- check: one\n-- report\n{sql};\n")).Sql);

    [Theory]
    [InlineData("SELECT 'a", "f.sql:3: a string without its closing quote")]
    [InlineData("SELECT \"a", "f.sql:3: an identifier without its closing \"")]
    [InlineData("SELECT $$a", "f.sql:3: a string without its closing quote")]
    [InlineData("SELECT 1 /* a", "f.sql:3: a comment without its end */")]
    [InlineData(
        "SELECT 1 \\gset a\n;", "f.sql:3: check 'one' has the psql command \\gset a, and a check is one query that the server runs")]
    [InlineData("SELECT 1;\u00a0", "f.sql:3: check 'one' has more than one statement; put '-- check: title' before the second")]
    public void Refuses_what_the_server_would_not_read_as_one_query(string sql, string fault)
        => Assert.Equal(
            [fault], Assert.Throws<CheckFileException>(() => CheckFile.Parse("f.sql", $"-- check: one\n-- report\n{sql}\n")).Faults);
}
