using Belay.Watching.Logs;

namespace Belay.Tests.Watching.Logs;

public sealed class LogErrorsTests
{
    private readonly LogErrors errors = new("shop", new WatchedNames(["user", "max_reports", "a.b"]));

    [Fact]
    public void Errors_that_name_the_release_are_counted_by_their_kinds_and_told_once()
    {
        var missing = new LogEntry("42703", "column user.max_reports does not exist") { Database = "shop" };

        Assert.Equal(["42703 column user.max_reports does not exist"], errors.Add([missing, missing]));
        Assert.Empty(errors.Add([
            missing,
            new LogEntry("42P01", "relation \"users\" does not exist") { Database = "shop" },
            new LogEntry("28P01", "password authentication failed for user \"ann\"") { Database = "shop" },
            new LogEntry("42703", "column user.x does not exist") { Database = "other" },
            new LogEntry("42703", "column user.x does not exist") { Database = "shop", Application = "belay verify" },
        ]));

        Assert.Equal(
            ["1 kind of error", "3 times 42703 column user.max_reports does not exist", "2 other errors"], errors.Lines());
    }

    [Fact]
    public void A_statement_names_the_release_too_and_is_never_shown()
    {
        var heard = errors.Add([new LogEntry("22012", "division by zero") { Statement = "UPDATE \"USER\" SET x = 'their data' / 0" }]);

        Assert.Equal(["22012 division by zero"], heard);
        Assert.DoesNotContain("their data", string.Concat(errors.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_of_kinds_stay_a_short_list_without_anything_that_steers()
    {
        var heard = errors.Add(Enumerable.Range(0, 5000).Select(
            number => new LogEntry("P0001", $"user {number} \u001b[31m::error::{new string('x', 1000)}")));

        Assert.Equal(20, heard.Count);
        var lines = errors.Lines();
        Assert.Equal(23, lines.Count);
        Assert.Equal("4980 more of further kinds", lines[^2]);
        Assert.All(lines, line => Assert.True(line.Length < 350));
        Assert.DoesNotContain('\u001b', string.Concat(lines).AsEnumerable());
    }

    [Fact]
    public void Without_names_nothing_is_of_the_release()
    {
        var none = new LogErrors("shop", new WatchedNames([]));

        Assert.Empty(none.Add([new LogEntry("42703", "column user.x does not exist")]));
        Assert.Equal(["no error names what the release touched", "1 other error"], none.Lines());
    }
}
