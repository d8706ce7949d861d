using Belay.Watching.Logs;

namespace Belay.Tests.Watching.Logs;

public sealed class LogFormatTests
{
    [Fact]
    public void Json_gives_errors_with_their_statement_and_passes_over_the_rest()
    {
        const string Error = """{"user":"app","dbname":"shop","error_severity":"ERROR","state_code":"42703","message":"column x\nmore","""
            + "\"statement\":\"SELECT x\",\"application_name\":\"web\"}";
        const string Warning = """{"dbname":"shop","error_severity":"WARNING","state_code":"01000","message":"careful"}""";
        const string Fatal = """{"dbname":"shop","error_severity":"FATAL","state_code":"57P01","message":"terminating"}""";

        var (entries, length) = JsonLog.Read($"{{half\n{Warning}\n{Error}\n[]\n{Fatal}\n{{\"error_sev");

        Assert.Equal(
            [new LogEntry("42703", "column x") { Statement = "SELECT x", Database = "shop", Application = "web" }], entries);
        Assert.Equal($"{{half\n{Warning}\n{Error}\n[]\n{Fatal}\n".Length, length);
    }

    [Fact]
    public void A_row_of_csv_may_have_several_lines_and_waits_for_its_end()
    {
        const string Row = """
            2026-01-02 03:04:05.678 UTC,"app","shop",1,"[local]",2,3,"SELECT",2026-01-02 03:04:05 UTC,4/5,0,FEHLER,42P01,"relation ""a,b"" gibt es nicht",,,,,,"SELECT *
            FROM ""a,b"";",15,,"web","client backend",,0
            2026-01-02 03:04:05.678 UTC,"app","shop",1,"[local]",2,3,"SELECT",2026-01-02 03:04:05 UTC,4/5,0,LOG,00000,"duration: 1 ms",,,,,,,,,"web","client backend",,0

            """;
        var text = Row.ReplaceLineEndings("\n");

        var (entries, length) = CsvLog.Read(text + "2026,\"app\",\"shop\n");

        Assert.Equal(
            [new LogEntry("42P01", "relation \"a,b\" gibt es nicht")
            {
                Statement = "SELECT *\nFROM \"a,b\";", Database = "shop", Application = "web",
            }],
            entries);
        Assert.Equal(text.Length, length);
    }

    [Fact]
    public void A_log_for_people_is_read_by_its_words_and_a_continued_line_is_none()
    {
        const string Text =
            "2026-01-02 [7] app@shop ERROR:  column user.x does not exist at character 8\n"
            + "2026-01-02 [7] app@shop STATEMENT:  SELECT x\n\tERROR:  quoted\n"
            + "2026-01-02 [8] FATAL:  the database system is starting up\n2026 [9] PANIC:  broken\r\n2026 ERROR:  ha";

        var (entries, length) = PlainLog.Read(Text);

        Assert.Equal([new LogEntry(null, "column user.x does not exist at character 8"), new LogEntry(null, "broken")], entries);
        Assert.Equal(Text.LastIndexOf('\n') + 1, length);
    }

    [Theory]
    [InlineData("42703", true)]
    [InlineData("23502", true)]
    [InlineData("0A000", true)]
    [InlineData("40P01", true)]
    [InlineData(null, true)]
    [InlineData("28P01", false)]
    [InlineData("57014", false)]
    [InlineData("53300", false)]
    public void Errors_of_logins_and_shutdowns_are_of_no_statement(string? code, bool expected)
        => Assert.Equal(expected, LogFormat.IsOfStatement(code));
}
