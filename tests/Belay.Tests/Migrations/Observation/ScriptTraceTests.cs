using Belay.Migrations.Observation;
using Belay.Sql;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Migrations.Observation;

public sealed class ScriptTraceTests
{
    private readonly FakeTimeProvider timeProvider = new();
    private readonly ScriptTrace trace;

    public ScriptTraceTests() => trace = new ScriptTrace(timeProvider);

    [Fact]
    public void Keeps_each_statement_with_its_time_its_rows_and_what_the_server_said()
    {
        trace.Begin("0001_a.sql");
        Run(1, "ALTER TABLE t ADD a int", -1);
        trace.Enter(Statement(2, "UPDATE t SET a = 1"));
        trace.Notice("NOTICE: slow");
        timeProvider.Advance(TimeSpan.FromSeconds(2));
        trace.Leave(true, 7);
        trace.Wait("0001_a.sql:2 waits");
        trace.End(true);

        var script = Assert.Single(trace.Scripts);
        Assert.Equal(("0001_a.sql", true, 3.0, 1), (script.FileName, script.Completed, script.Seconds, script.Attempts));
        Assert.Equal(["0001_a.sql:2 waits"], script.LockWaits);
        Assert.Collection(
            script.Statements,
            one => Assert.Equal((1, "ALTER TABLE t ADD a int", 1.0, true, null), (one.Line, one.Sql, one.Seconds, one.Completed, one.Rows)),
            one =>
            {
                Assert.Equal((2, "UPDATE t SET a = 1", 2.0, true, 7L), (one.Line, one.Sql, one.Seconds, one.Completed, one.Rows));
                Assert.Equal(["NOTICE: slow"], one.Notices);
            });
    }

    [Fact]
    public void A_script_that_begins_again_has_the_statements_of_its_last_attempt()
    {
        trace.Begin("0001_a.sql");
        Run(1, "SELECT 1", 1);
        trace.Enter(Statement(2, "ALTER TABLE t ADD a int"));
        trace.Leave(false, -1);
        Run(1, "SELECT 1", 1);
        Run(2, "ALTER TABLE t ADD a int", -1);

        Assert.Equal([(1, true), (2, true)], trace.Scripts[0].Statements.Select(one => (one.Line, one.Completed)));
        Assert.Equal(2, trace.Scripts[0].Attempts);
    }

    [Fact]
    public void A_statement_that_is_tried_again_outside_a_transaction_leaves_those_before_it()
    {
        trace.Begin("0001_a.sql");
        Run(1, "SELECT 1", 1);
        trace.Enter(Statement(2, "CREATE INDEX CONCURRENTLY i ON t (a)"));
        trace.Leave(false, -1);
        Run(2, "CREATE INDEX CONCURRENTLY i ON t (a)", -1);

        Assert.Equal([(1, true), (2, true)], trace.Scripts[0].Statements.Select(one => (one.Line, one.Completed)));
    }

    [Fact]
    public void Two_equal_statements_on_one_line_are_two()
    {
        trace.Begin("0001_a.sql");
        Run(1, "SELECT 1", 1);
        trace.Enter(Statement(1, "SELECT 1") with { Position = new TextPosition(10, 1, 11) });

        Assert.Equal(2, trace.Scripts[0].Statements.Count);
        Assert.Equal(1, trace.Scripts[0].Attempts);
    }

    [Fact]
    public void What_is_kept_of_a_long_script_that_says_much_is_bounded()
    {
        trace.Begin("0001_a.sql");
        foreach (var line in Enumerable.Range(1, 700))
        {
            Run(line, $"SELECT '{new string('x', 5000)}'", 1);
        }

        trace.Begin("0002_b.sql");
        trace.Enter(Statement(1, "SELECT 1"));
        Enumerable.Range(0, 80).ToList().ForEach(_ => trace.Notice("NOTICE: again"));
        Enumerable.Range(0, 80).ToList().ForEach(_ => trace.Wait("waits"));

        Assert.Equal((500, 200), (trace.Scripts[0].Statements.Count, trace.Scripts[0].StatementsLeftOut));
        Assert.EndsWith("… (5009 characters in all)", trace.Scripts[0].Statements[0].Sql, StringComparison.Ordinal);
        var statement = Assert.Single(trace.Scripts[1].Statements);
        Assert.Equal((50, 30, 50), (statement.Notices.Count, statement.NoticesLeftOut, trace.Scripts[1].LockWaits.Count));
    }

    [Fact]
    public void What_is_kept_of_many_long_scripts_together_is_bounded_too()
    {
        foreach (var script in Enumerable.Range(1, 40))
        {
            trace.Begin($"{script}.sql");
            Enumerable.Range(1, 50).ToList().ForEach(line => Run(line, $"SELECT '{new string('x', 5000)}'", 1));
        }

        var kept = trace.Scripts.SelectMany(script => script.Statements).Sum(statement => statement.Sql.Length);
        Assert.InRange(kept, 4 << 20, 5 << 20);
        Assert.EndsWith("xxx… (5009 characters in all)", trace.Scripts[^1].Statements[^1].Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_said_outside_a_script_is_nobodys()
    {
        trace.Notice("NOTICE: before");
        trace.Leave(true, 1);
        trace.End(true);

        Assert.Empty(trace.Scripts);
    }

    private void Run(int line, string sql, long rows)
    {
        trace.Enter(Statement(line, sql));
        timeProvider.Advance(TimeSpan.FromSeconds(1));
        trace.Leave(true, rows);
    }

    private static ScriptStatement Statement(int line, string sql)
        => new() { Sql = sql, Position = new TextPosition(0, line, 1), Shape = StatementShape.Of(sql) };
}
