using Belay.Migrations.Failures;
using Belay.Sql;
using Npgsql;

namespace Belay.Tests.Migrations.Failures;

public sealed class FailureTextTests
{
    [Theory]
    [InlineData("FEHLER", "PL/pgSQL-Funktion inline_code_block Zeile 3 bei RAISE")]
    [InlineData("ERREUR", "fonction PL/pgSQL inline_code_block, ligne 3 à RAISE")]
    [InlineData("エラー", "PL/pgSQL関数inline_code_blockの3行目 - RAISE")]
    public void Finds_the_line_of_a_block_whatever_language_the_server_speaks(string severity, string where)
        => Assert.Equal(
            $"a.sql:3:3: ERROR: no (SQLSTATE P0001)\n    RAISE 'no';\n    ^\nCONTEXT: {where}",
            Of("DO $$\nBEGIN\n  RAISE 'no';\nEND $$;", 0, new PostgresException("no", severity, "ERROR", "P0001", where: where)));

    [Fact]
    public void Points_at_the_character_that_the_server_names()
        => Assert.Equal(
            "a.sql:2:15: ERROR: column \"b\" does not exist (SQLSTATE 42703)\n  \tSELECT '\U0001F600', b;\n  \t             ^\nHINT: look",
            Of(
                "SELECT 1;\n\tSELECT '\U0001F600', b;",
                1,
                new PostgresException("column \"b\" does not exist", "ERROR", "ERROR", "42703", hint: "look", position: 13)));

    [Fact]
    public void Points_at_the_line_of_a_block_that_the_server_names()
        => Assert.Equal(
            "a.sql:3:3: ERROR: no (SQLSTATE P0001)\n    RAISE 'no';\n    ^\nCONTEXT: PL/pgSQL function inline_code_block line 3 at RAISE",
            Of(
                "DO $$\nBEGIN\n  RAISE 'no';\nEND $$;",
                0,
                new PostgresException("no", "ERROR", "ERROR", "P0001", where: "PL/pgSQL function inline_code_block line 3 at RAISE")));

    [Fact]
    public void Points_at_the_statement_when_the_server_names_no_place()
        => Assert.Equal(
            "a.sql:2:3: ERROR: duplicate (SQLSTATE 23505)\n    SELECT 2;\n    ^\nDETAIL: Key (a)=(1)",
            Of("SELECT 1;\n  SELECT 2;", 1, new PostgresException("duplicate", "ERROR", "ERROR", "23505", detail: "Key (a)=(1)")));

    [Theory]
    [InlineData("ALTER ROLE a PASSWORD 'the-word-of-a' VALID;", 39, "ALTER ROLE a PASSWORD '***' VALID;", 28)]
    [InlineData("ALTER ROLE a PASSWORD 'the-word-of-a';", 23, "ALTER ROLE a PASSWORD '***';", 22)]
    [InlineData("ALTER ROLE a PASSWORD 'the-word-of-a';", 30, "ALTER ROLE a PASSWORD '***';", 28)]
    [InlineData("ALTER ROLE a PASSWORD\n  'the-word-of-a' VALID;", 41, "'***' VALID;", 6)]
    public void Shows_no_password_of_the_script(string script, int position, string line, int column)
    {
        var text = Of(script, 0, new PostgresException("no", "ERROR", "ERROR", "42601", position: position, where: script));

        Assert.DoesNotContain("the-word", text, StringComparison.Ordinal);
        var shown = text.Split('\n').SkipWhile(one => !one.EndsWith(line, StringComparison.Ordinal)).Take(2).ToList();
        Assert.Equal(shown[0].Length - line.Length + column, shown[1].IndexOf('^', StringComparison.Ordinal));
    }

    [Fact]
    public void Tells_of_a_lost_connection_with_the_statement()
        => Assert.Equal("a.sql:1:1: the connection was lost: gone", Of("SELECT 1;", 0, new NpgsqlException("gone")));

    [Fact]
    public void Tells_of_a_failure_outside_the_script()
        => Assert.Equal(
            "a.sql: ERROR: no (SQLSTATE 42501)",
            FailureText.Of(new ScriptSource("a.sql", ""), null, new PostgresException("no", "ERROR", "ERROR", "42501")));

    [Fact]
    public void Cuts_a_long_line_around_the_place_and_what_else_the_server_says()
    {
        var sql = $"SELECT '{new string('a', 900_000)}', missing, '{new string('b', 900_000)}'";
        var statement = MigrationScript.Read(sql, noTransaction: false).Statements[0];
        var failure = Server(
            "column \"missing\" does not exist",
            "42703",
            position: sql.IndexOf("missing", StringComparison.Ordinal) + 1,
            where: new string('c', 5000));

        var lines = FailureText.Of(new ScriptSource("/m/1_a.sql", sql), statement, failure).Split('\n');

        Assert.Equal("/m/1_a.sql:1:900012: ERROR: column \"missing\" does not exist (SQLSTATE 42703)", lines[0]);
        Assert.Equal($"  …{new string('a', 77)}', missing, '{new string('b', 70)}…", lines[1]);
        Assert.Equal(lines[1].IndexOf("missing", StringComparison.Ordinal), lines[2].IndexOf('^', StringComparison.Ordinal));
        Assert.Equal($"CONTEXT: {new string('c', 2000)}…", lines[3]);
    }

    [Fact]
    public void Does_not_blame_the_script_for_a_statement_of_Belay_s_own()
    {
        Assert.Equal(
            "Belay could not go on with /m/1_a.sql: writing the history failed: ERROR: cannot execute INSERT in a read-only transaction "
                + "(SQLSTATE 25006)",
            FailureText.OfOwn(
                new ScriptSource("/m/1_a.sql", ""),
                "writing the history",
                Server("cannot execute INSERT in a read-only transaction", "25006")));
        Assert.Equal(
            "Belay could not go on with /m/1_a.sql: the connection was lost while writing the history: gone",
            FailureText.OfOwn(new ScriptSource("/m/1_a.sql", ""), "writing the history", new NpgsqlException("gone")));
    }

    private static string Of(string text, int statement, Exception exception)
        => FailureText.Of(
            new ScriptSource("a.sql", text), MigrationScript.Read(text, noTransaction: false).Statements[statement], exception);

    private static PostgresException Server(string message, string state, int position = 0, string? where = null)
        => new(message, "ERROR", "ERROR", state, position: position, where: where);
}
