using Belay.Backups;
using Belay.Backups.Taking;
using Belay.Settings;

namespace Belay.Tests.Backups.Taking;

public sealed class DumpFaultsTests
{
    private const string Connections =
        "A backup has two connections, one with --parallel N has N + 2: make N smaller, or free connections (max_connections, CONNECTION "
            + "LIMIT).";

    [Theory]
    [InlineData(
        "pg_dump: error: could not obtain lock on relation \"public.numbers\"\nThis usually means that someone requested an ACCESS "
            + "EXCLUSIVE lock on the table after the pg_dump parent process had gotten the initial ACCESS SHARE lock on the table.",
        "Another session asked for an exclusive lock while the workers began; a parallel dump does not wait for it. Run it again when no "
            + "DDL runs, or without --parallel.")]
    [InlineData("pg_dump: error: connection to server failed: FATAL:  sorry, too many clients already", Connections)]
    [InlineData(
        "pg_dump: error: connection to server failed: FATAL:  remaining connection slots are reserved for non-replication superuser "
            + "connections", Connections)]
    [InlineData("pg_dump: error: something else", "./build.sh Preflight")]
    public void Says_what_to_do(string errors, string hint)
    {
        var fault = DumpFaults.Failed("pg_dump", DatabaseUrl.Parse("postgresql://owner@db.example/app"), new ProgramOutcome(1, errors));
        Assert.Equal($"pg_dump of db.example:5432/app ended with exit code 1:\n{errors}\nNothing was stored.", fault.Message);
        Assert.Equal(hint, fault.Hint);
    }
}
