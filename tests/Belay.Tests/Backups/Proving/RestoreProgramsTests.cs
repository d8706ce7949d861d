using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Postgres;

namespace Belay.Tests.Backups.Proving;

public sealed class RestoreProgramsTests
{
    /// <summary>The version of pg_restore, of the pg_dump that wrote the archive, and of the server.</summary>
    [Theory]
    [InlineData(15, 15, 15)]
    [InlineData(13, 15, 13)]
    [InlineData(16, 15, 13)]
    [InlineData(16, 16, 15)]
    [InlineData(18, 17, 17)]
    [InlineData(17, 18, 18)]
    [InlineData(17, 15, 18)]
    public void Restore_what_they_can_read_into_a_server_that_knows_what_they_set(int restore, int dump, int server)
        => Assert.Null(Find(restore, dump, server));

    [Theory]
    [InlineData(15, 16, 15, "Backup {0} was written by pg_dump 16.1, and pg_restore 15.1 of /pg/15 cannot read its archive")]
    [InlineData(16, 17, 18, "Backup {0} was written by pg_dump 17.1, and pg_restore 16.1 of /pg/16 cannot read its archive")]
    [InlineData(17, 15, 15, "pg_restore 17.1 of /pg/17 sets transaction_timeout, which a server of PostgreSQL 15 does not know")]
    [InlineData(
        18, 17, 15, "Backup {0} was written by pg_dump 17.1: older ones cannot read its archive, and pg_restore from 17 on sets "
            + "transaction_timeout, which a server of PostgreSQL 15 does not know")]
    public void Are_refused_before_anything_is_downloaded(int restore, int dump, int server, string expected)
    {
        var (fault, hint) = Find(restore, dump, server)!.Value;

        Assert.Equal(expected.Replace("{0}", Manifest(dump).Id, StringComparison.Ordinal), fault);
        var wanted = expected.Contains("older", StringComparison.Ordinal) ? server : dump;
        Assert.StartsWith($"Install the package postgresql-client-{wanted},", hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, 15, 15)]
    [InlineData(16, 15, 16)]
    [InlineData(14, 13, 15)]
    [InlineData(17, 15, 18)]
    [InlineData(17, 18, 18)]
    public void Are_the_nearest_to_what_wrote_the_dump(int dump, int server, int expected)
    {
        PostgresTools[] found = [Tools(18), Tools(16), Tools(15)];

        Assert.Equal(expected, RestorePrograms.Choose(found, Manifest(dump), server).Major);
    }

    private static (string Fault, string Hint)? Find(int restore, int dump, int server)
        => RestorePrograms.FindFault(Tools(restore), Manifest(dump), server);

    private static PostgresTools Tools(int major) => new($"/pg/{major}", $"{major}.1", HasServer: true);

    private static BackupManifest Manifest(int dump) => Manifests.Make(Manifests.Noon) with { ToolVersion = $"{dump}.1" };
}
