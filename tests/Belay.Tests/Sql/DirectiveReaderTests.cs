using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class DirectiveReaderTests
{
    [Fact]
    public void Reads_directives_before_the_first_statement_only()
    {
        var faults = new List<string>();
        var directives = DirectiveReader.Read(
            "1_a.sql",
            "\\set ON_ERROR_STOP on\n-- a comment\n\n  -- belay: no-transaction\n--Belay: lock-timeout=2s\n-- belay: statement-timeout "
                + "10min\nSELECT 1;\n-- belay: nonsense\n",
            faults);
        Assert.Empty(faults);
        Assert.Equal(
            new MigrationDirectives
            {
                NoTransaction = true,
                LockTimeout = TimeSpan.FromSeconds(2),
                StatementTimeout = TimeSpan.FromMinutes(10),
            }, directives);
    }

    [Theory]
    [InlineData("lock-timeout 1h", 3600)]
    [InlineData("lock-timeout 250ms", 0.25)]
    public void Reads_times_with_their_units(string words, double seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), DirectiveReader.Read("1_a.sql", $"-- belay: {words}", []).LockTimeout);

    [Fact]
    public void Reads_what_another_tool_calls_the_migration_once()
    {
        var faults = new List<string>();
        Assert.Equal(
            "1975ea83B712", DirectiveReader.Read("1_a.sql", "-- belay: adopts 1975ea83B712\n-- belay: adopts other", faults).Adopts);
        Assert.StartsWith("1_a.sql:2: unknown directive \"adopts other\"; known are ", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_the_risks_that_are_accepted_each_with_its_reason()
    {
        var faults = new List<string>();
        var directives = DirectiveReader.Read(
            "1_a.sql", "-- belay: accept drop-column because nobody reads it\n--belay:accept  truncate\tbecause a = b; we agreed", faults);

        Assert.Empty(faults);
        Assert.Equal(
            [
                new MigrationDirectives.AcceptedRule("drop-column", "nobody reads it", "1_a.sql:1"),
                new MigrationDirectives.AcceptedRule("truncate", "a = b; we agreed", "1_a.sql:2"),
            ],
            directives.Accepted);
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("accept drop-column")]
    [InlineData("accept drop-column because")]
    [InlineData("accept because we agreed")]
    [InlineData("accept drop-column, truncate because we agreed")]
    public void Refuses_an_accepted_risk_without_a_reason(string words)
    {
        var faults = new List<string>();
        Assert.Empty(DirectiveReader.Read("1_a.sql", $"\n-- belay: {words}", faults).Accepted);
        Assert.Equal(
            [$"1_a.sql:2: \"{words}\" does not say which rule is accepted and why; write accept <rule> because <reason>"], faults);
    }

    [Theory]
    [InlineData("no-transactions")]
    [InlineData("lock-timeout")]
    [InlineData("lock-timeout 0s")]
    [InlineData("lock-timeout 5")]
    [InlineData("statement-timeout 5 min")]
    public void Refuses_other_directives_with_file_and_line(string words)
    {
        var faults = new List<string>();
        DirectiveReader.Read("1_a.sql", $"\n-- belay: {words}", faults);
        Assert.Equal(
            [
                $"1_a.sql:2: unknown directive \"{words}\"; known are no-transaction, lock-timeout <time>, statement-timeout <time>, "
                    + "accept <rule> because <reason> and, once, adopts <id>, with times like 500ms, 2s, 10min, 1h",
            ], faults);
    }
}
