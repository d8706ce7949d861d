using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class SqlLexerTests
{
    [Theory]
    [InlineData("SELECT 1; SELECT 2;", "SELECT 1|SELECT 2")]
    [InlineData("SELECT 1;;\n SELECT 2", "SELECT 1||SELECT 2")]
    [InlineData("SELECT ';' ; SELECT 'it''s;';", "SELECT ';' |SELECT 'it''s;'")]
    [InlineData("SELECT $$;$$; SELECT $a$ $$ ; $b$ $a$;", "SELECT $$;$$|SELECT $a$ $$ ; $b$ $a$")]
    [InlineData("SELECT $é1$;$é1$; SELECT 2;", "SELECT $é1$;$é1$|SELECT 2")]
    [InlineData("SELECT a$b$; SELECT 2;", "SELECT a$b$|SELECT 2")]
    [InlineData("SELECT $1; SELECT $1$;", "SELECT $1|SELECT $1$")]
    [InlineData("SELECT /* ; /* ; */ ; */ 1; SELECT 2;", "SELECT /* ; /* ; */ ; */ 1|SELECT 2")]
    [InlineData("SELECT 1 -- ; '\n; SELECT 2;", "SELECT 1 -- ; '\n|SELECT 2")]
    [InlineData("SELECT E'\\';'; SELECT 2;", "SELECT E'\\';'|SELECT 2")]
    [InlineData("SELECT '\\'; SELECT 2;", "SELECT '\\'|SELECT 2")]
    [InlineData("SELECT E'a' -- b\n '\\';'; SELECT 2;", "SELECT E'a' -- b\n '\\';'|SELECT 2")]
    [InlineData("SELECT U&'!0061;' UESCAPE '!'; SELECT U&\"d;\";", "SELECT U&'!0061;' UESCAPE '!'|SELECT U&\"d;\"")]
    [InlineData("SELECT B';', X';', N';'; SELECT 2;", "SELECT B';', X';', N';'|SELECT 2")]
    [InlineData("SELECT \"a;\"\"b;\"; SELECT 2;", "SELECT \"a;\"\"b;\"|SELECT 2")]
    [InlineData("SELECT ); SELECT 2;", "SELECT )|SELECT 2")]
    [InlineData("BEGIN ATOMIC; SELECT 2;", "BEGIN ATOMIC|SELECT 2")]
    [InlineData("CREATE FUNCTION f() RETURNS atomic AS 'x'; SELECT 2;", "CREATE FUNCTION f() RETURNS atomic AS 'x'|SELECT 2")]
    [InlineData(
        "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM u WHERE (a); DELETE FROM v); SELECT 2;",
        "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM u WHERE (a); DELETE FROM v)|SELECT 2")]
    [InlineData(
        "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM u; DELETE FROM v); SELECT 2;",
        "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM u; DELETE FROM v)|SELECT 2")]
    public void Ends_a_statement_only_at_its_own_semicolon(string text, string bodies)
        => Assert.Equal(bodies.Split('|'), Bodies(text));

    [Theory]
    [InlineData("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END")]
    [InlineData("CREATE OR REPLACE PROCEDURE p(a int) BEGIN ATOMIC INSERT INTO t VALUES (1); END")]
    [InlineData("create function f() returns int begin atomic select case when true then case 1 when 1 then 2 end end; select 3; end")]
    [InlineData("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT t.end AS end, t.case AS case FROM t; SELECT 1; END")]
    [InlineData("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT (CASE WHEN true THEN 1 END); SELECT 'end;'; END")]
    [InlineData("CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1; END")]
    [InlineData("CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END")]
    [InlineData("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT g(END); SELECT 1; END")]
    [InlineData("CREATE FUNCTION f() RETURNS int BEGIN /* c */ ATOMIC SELECT 1; END")]
    public void Keeps_a_routine_body_in_one_statement(string routine)
        => Assert.Equal([routine, "SELECT 9"], Bodies($"{routine}; SELECT 9;"));

    [Fact]
    public void Does_not_take_BEGIN_for_a_body_outside_routines()
        => Assert.Equal(["BEGIN", "SELECT CASE WHEN true THEN 1 END", "END"], Bodies("BEGIN; SELECT CASE WHEN true THEN 1 END; END;"));

    [Fact]
    public void Takes_the_lines_after_COPY_FROM_stdin_as_data()
    {
        const string text = "COPY t (a) FROM /* here */ stdin WITH (FORMAT csv); -- data\n1;2\nit's\n\\.\nSELECT 1;";
        var parts = SqlLexer.Split(text).ToArray();
        Assert.Equal([ScriptPartKind.Statement, ScriptPartKind.CopyData, ScriptPartKind.Statement], parts.Select(part => part.Kind));
        Assert.Equal(("1;2\nit's\n", 2, "SELECT 1", 5), (parts[1].Body, parts[1].Position.Line, parts[2].Body, parts[2].Position.Line));
        Assert.Equal(text, string.Concat(parts.Select(part => part.Place.Script[part.Place.Start..part.Place.End])));
    }

    [Theory]
    [InlineData("COPY t FROM stdin; \n\n1\n\\.\n", "\n1\n")]
    [InlineData("COPY t FROM stdin; /* a */ -- b\n1\n\\.\n", "1\n")]
    [InlineData("COPY t FROM stdin; /* a */", "")]
    [InlineData("COPY t FROM stdin;\n1\n\\. \n\\.\n", "1\n\\. \n")]
    [InlineData("COPY t FROM stdin;\r\n1\r\n\\.\r\nSELECT 1;", "1\r\n")]
    [InlineData("COPY t FROM stdin;\n1\n\\.x\n\\.", "1\n\\.x\n")]
    public void Takes_data_from_the_line_after_the_statement_to_the_line_that_ends_it(string text, string data)
    {
        var part = Assert.Single(SqlLexer.Split(text), part => part.Kind == ScriptPartKind.CopyData);
        Assert.Equal((data, null), (part.Body, part.Fault));
    }

    [Theory]
    [InlineData("COPY t FROM stdin;")]
    [InlineData("COPY t FROM stdin;\n")]
    [InlineData("COPY t FROM stdin")]
    public void Gives_COPY_at_the_end_of_the_script_empty_data(string text)
    {
        var parts = SqlLexer.Split(text).ToArray();
        Assert.Equal([ScriptPartKind.Statement, ScriptPartKind.CopyData], parts.Select(part => part.Kind));
        Assert.Equal("", parts[1].Body);
    }

    [Theory]
    [InlineData("COPY t TO stdout;\n1\n")]
    [InlineData("COPY t FROM 'stdin';\n1\n")]
    [InlineData("COPY (SELECT a FROM stdin) TO '/tmp/x';\n1\n")]
    [InlineData("SELECT a FROM stdin;\n1\n")]
    public void Takes_no_data_after_other_statements(string text)
        => Assert.DoesNotContain(SqlLexer.Split(text), part => part.Kind == ScriptPartKind.CopyData);

    [Fact]
    public void Refuses_text_between_COPY_and_its_data()
    {
        var fault = Assert.Single(SqlLexer.Split("COPY t FROM stdin; SELECT 1;\n1\n\\.\n"), part => part.Fault is not null).Fault!;
        Assert.Equal(("text between COPY … FROM stdin; and its data", 1, 20), (fault.Message, fault.Position.Line, fault.Position.Column));
        Assert.Equal(
            fault,
            Assert.Single(SqlLexer.Split("COPY t FROM stdin; /* a\n*/\n1\n\\.\n"), part => part.Fault is not null).Fault);
    }

    [Fact]
    public void Takes_a_psql_command_to_the_end_of_its_line()
    {
        var parts = SqlLexer.Split("-- c\n\\set ON_ERROR_STOP on; '\nSELECT 1;").ToArray();
        Assert.Equal((ScriptPartKind.MetaCommand, "\\set ON_ERROR_STOP on; '", 2), (parts[0].Kind, parts[0].Body, parts[0].Position.Line));
        Assert.Equal("SELECT 1", parts[1].Body);
    }

    [Theory]
    [InlineData("SELECT 1;\nSELECT 'a;", "a string without its closing quote", 2, 8)]
    [InlineData("SELECT E'a\\';", "a string without its closing quote", 1, 8)]
    [InlineData("SELECT $a$ $b$;", "a string without its closing quote", 1, 8)]
    [InlineData("SELECT \"a;", "an identifier without its closing \"", 1, 8)]
    [InlineData("/* /* */\nSELECT 1;", "a comment without its end */", 1, 1)]
    [InlineData("SELECT 1 \\gexec\n;", "the psql command \\gexec inside a statement", 1, 10)]
    public void Names_the_place_of_what_cannot_be_read(string text, string message, int line, int column)
    {
        var fault = Assert.Single(SqlLexer.Split(text), part => part.Fault is not null).Fault!;
        Assert.Equal((message, line, column), (fault.Message, fault.Position.Line, fault.Position.Column));
    }

    private static IEnumerable<string> Bodies(string text)
        => SqlLexer.Split(text).Where(part => part.Kind == ScriptPartKind.Statement).Select(part => part.Body);
}
