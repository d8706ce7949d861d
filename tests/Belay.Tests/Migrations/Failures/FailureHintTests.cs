using Belay.Migrations.Failures;
using Npgsql;

namespace Belay.Tests.Migrations.Failures;

public sealed class FailureHintTests
{
    private static readonly FailureHint Hint = new("1_a.sql", TimeSpan.FromMinutes(15), "./build.sh Migrate");

    [Theory]
    [InlineData("42703", "correct 1_a.sql or the database, then ./build.sh Migrate")]
    [InlineData("55P03", "end the sessions that hold the locks, or wait for a quieter time, then ./build.sh Migrate")]
    [InlineData(
        "57014",
        "a statement may run for 15 min 00 s: allow more with --statement-timeout, or for this file with \"-- belay: statement-timeout "
            + "1h\" in its first line; or find out who cancelled it, then ./build.sh Migrate")]
    [InlineData(
        "55P04",
        "put ALTER TYPE … ADD VALUE into a migration before 1_a.sql: a new value can be used after its COMMIT; then ./build.sh Migrate")]
    [InlineData("2D000", "put \"-- belay: no-transaction\" into the first line of 1_a.sql, then ./build.sh Migrate")]
    [InlineData("25001", "put \"-- belay: no-transaction\" into the first line of 1_a.sql, then ./build.sh Migrate")]
    public void Says_what_helps_by_the_server_s_code(string state, string hint) => Assert.Equal(hint, Hint.Of(Failure(state)));

    [Fact]
    public void Does_not_blame_the_file_for_a_server_that_was_stopped_or_lost()
        => Assert.All(
            [Failure("57P01"), Failure("57P02"), Failure("57P03"), new NpgsqlException("Exception while reading from stream")],
            (Exception failure) => Assert.All(
                [Hint, Hint with { Own = "writing the history" }, Hint with { IsOutside = true }],
                hint => Assert.Equal(
                    "the session was ended from outside and 1_a.sql need not be to blame: find out why in the server's log, then "
                        + "./build.sh Migrate",
                    hint.Of(failure))));

    [Fact]
    public void Knows_what_the_code_alone_does_not_tell()
    {
        Assert.Equal(
            "end the sessions that hold the locks, or wait for a quieter time, then ./build.sh Migrate",
            (Hint with { GaveUp = true }).Of(Failure("57014")));
        Assert.Equal(
            "put \"-- belay: no-transaction\" into the first line of 1_a.sql, take its BEGIN and COMMIT out, then ./build.sh Migrate",
            (Hint with { HasTransaction = true }).Of(Failure("25001")));
        Assert.Equal("correct 1_a.sql or the database, then ./build.sh Migrate", (Hint with { IsOutside = true }).Of(Failure("2D000")));
        Assert.Equal(
            "the script makes its transaction read-only, and its history could not be written: take READ ONLY out of 1_a.sql, then "
                + "./build.sh Migrate",
            (Hint with { Own = "writing the history" }).Of(Failure("25006")));
        Assert.Equal(
            "put right in the database what the message says; 1_a.sql itself ran, then ./build.sh Migrate",
            (Hint with { Own = "writing the history" }).Of(Failure("P0001")));
    }

    private static PostgresException Failure(string state) => new("no", "ERROR", "ERROR", state);
}
