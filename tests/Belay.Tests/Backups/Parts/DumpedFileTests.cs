using Belay.Backups.Archive;
using Belay.Backups.Parts;

namespace Belay.Tests.Backups.Parts;

public sealed class DumpedFileTests
{
    [Theory]
    [InlineData("3340.dat", "3340")]
    [InlineData("3340.dat.gz", "3340")]
    [InlineData("3340.dat.zst", "3340")]
    [InlineData("toc.dat", null)]
    [InlineData("blobs.toc", null)]
    [InlineData("blob_16400.dat", null)]
    public void Tells_the_rows_of_tables_from_other_files(string name, string? id) => Assert.Equal(id, DumpedFile.TableId(name));

    [Theory]
    [InlineData("pg_dump: finished item 3340 TABLE DATA sample", "3340")]
    [InlineData("pg_dump: [parallel archiver] finished item 3340 TABLE DATA sample", "3340")]
    [InlineData("pg_dump: finished item 3341 BLOBS BLOBS", null)]
    [InlineData("pg_dump: dumping contents of table \"finished item 1 TABLE DATA\"", null)]
    public void Reads_which_table_is_finished(string line, string? id) => Assert.Equal(id, DumpedFile.FinishedId(line));

    [Theory]
    [InlineData("pg_dump: error: connection to server failed", true)]
    [InlineData("pg_dump: warning: there are circular foreign-key constraints", true)]
    [InlineData("pg_dump: detail: Query was: LOCK TABLE", true)]
    [InlineData("DETAIL:  somebody", true)]
    [InlineData("pg_dump: reading schemas", false)]
    [InlineData("pg_dump: finished item 3340 TABLE DATA sample", false)]
    public void Tells_faults_from_progress(string line, bool isFault) => Assert.Equal(isFault, DumpedFile.IsFault(line));

    [Theory]
    [InlineData("../toc.dat")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("")]
    public void Refuses_a_name_that_leads_out_of_the_folder(string name)
        => Assert.Equal(
            $"'{name}' cannot be the name of a file of a dump.", Assert.Throws<DamagedDumpException>(() => DumpedFile.Check(name)).Message);
}
