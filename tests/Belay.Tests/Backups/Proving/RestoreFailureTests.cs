using Belay.Backups.Proving;

namespace Belay.Tests.Backups.Proving;

public sealed class RestoreFailureTests
{
    private const string Told = """
        pg_restore: while PROCESSING TOC:
        pg_restore: from TOC entry 3344; 0 16431 TABLE DATA words ann
        pg_restore: error: COPY failed for table "words": ERROR:  new row for relation "words" violates check constraint "words_low_check"
        DETAIL:  Failing row contains (f2).
        CONTEXT:  COPY words, line 1: "f2"
        """;

    [Fact]
    public void Names_the_object_the_reason_and_the_command()
    {
        Assert.Equal(
            "TABLE DATA words ann: new row for relation \"words\" violates check constraint \"words_low_check\"\nDETAIL:  Failing row "
                + "contains (f2).",
            RestoreFailure.Read(Told.ReplaceLineEndings("\n")).ToString());
        Assert.Equal(
            "TABLE t r: role \"r\" does not exist\nCommand was: ALTER TABLE public.t OWNER TO r;",
            RestoreFailure.Read(
                "pg_restore: from TOC entry 214; 1259 16386 TABLE t r\npg_restore: error: could not execute query: ERROR:  role \"r\" "
                    + "does not exist\nCommand was: ALTER TABLE public.t OWNER TO r;").ToString());
        Assert.Equal(
            "EXTENSION postgis : extension \"postgis\" is not available",
            RestoreFailure.Read(
                "pg_restore: [archiver (db)] Error from TOC entry 2; 3079 16385 EXTENSION postgis \npg_restore: [archiver (db)] could not "
                    + "execute query: ERROR:  extension \"postgis\" is not available")
                        .ToString()
                        .Replace("postgis:", "postgis :", StringComparison.Ordinal));
        Assert.Equal(
            "could not read from input file: end of file",
            RestoreFailure.Read("pg_restore: error: could not read from input file: end of file").ToString());
        Assert.Equal("something else", RestoreFailure.Read("something else").ToString());
    }

    [Theory]
    [InlineData("could not extend file \"base/16384/2619\": No space left on device", true, false)]
    [InlineData("server closed the connection unexpectedly", true, false)]
    [InlineData("terminating connection because of crash of another server process", true, false)]
    [InlineData("extension \"postgis\" is not available", false, true)]
    [InlineData("could not access file \"$libdir/mine\": No such file or directory", false, true)]
    [InlineData("role \"r\" does not exist", false, false)]
    [InlineData("item order invariant violated for index \"out of memory\"", false, false)]
    [InlineData("item order invariant violated for index \"a\" out of memory \"b\"", false, false)]
    [InlineData("type \"it is not available\" does not exist", false, false)]
    [InlineData("could not create unique index \"k\"\nDETAIL:  Key (a)=(No space left on device) is duplicated.", false, false)]
    [InlineData("could not resize shared memory segment \"/PostgreSQL.1\" to 8 bytes: No space left on device\nDETAIL:  It.", true, false)]
    public void Tells_a_server_that_gave_out_and_software_that_is_missing_from_faults_of_an_object(
        string reason, bool ofServer, bool missing)
    {
        var failure = RestoreFailure.Read($"pg_restore: error: could not execute query: ERROR:  {reason}");

        Assert.Equal((ofServer, missing), (failure.IsOfServer, failure.IsMissingSoftware));
    }

    [Theory]
    [InlineData("FATAL:  too many connections for role \"rel\"", true)]
    [InlineData("FATAL:  sorry, too many clients already", true)]
    [InlineData("PANIC:  could not locate a valid checkpoint record", true)]
    [InlineData("ERROR:  FATAL is no word of mine", false)]
    public void Holds_nothing_against_a_dump_for_which_the_server_ended_or_refused_a_session(string said, bool ofServer)
        => Assert.Equal(ofServer, RestoreFailure.Read($"pg_restore: error: {said}").IsOfServer);

    [Fact]
    public void Holds_nothing_against_a_dump_of_which_a_worker_was_killed()
        => Assert.True(RestoreFailure.Read("pg_restore: error: a worker process died unexpectedly").IsOfServer);

    [Theory]
    [InlineData("pg_restore: creating TABLE \"public.t\"", false)]
    [InlineData("pg_restore: processing data for table \"public.t\"", false)]
    [InlineData("pg_restore: creating TABLE \"public.order_detail\"", false)]
    [InlineData("pg_restore: finished item 4352 TABLE DATA error_log", false)]
    [InlineData("pg_restore: warning: errors ignored on restore: 1", true)]
    [InlineData("pg_restore: detail: Error message from server: ERROR:  no", true)]
    [InlineData("pg_restore: [archiver (db)] Error from TOC entry 2; 3079 16385 EXTENSION postgis ", true)]
    [InlineData("pg_restore: from TOC entry 214; 1259 16386 TABLE t r", true)]
    [InlineData("pg_restore: error: could not execute query: ERROR:  no", true)]
    [InlineData("Command was: ALTER TABLE public.t OWNER TO r;", true)]
    public void Keeps_what_tells_something(string line, bool kept) => Assert.Equal(kept, RestoreFailure.IsTelling(line));
}
