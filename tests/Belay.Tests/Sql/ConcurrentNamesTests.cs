using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class ConcurrentNamesTests
{
    [Theory]
    [InlineData("ALTER TABLE parted DETACH PARTITION part CONCURRENTLY", "parted", "part")]
    [InlineData("alter table IF EXISTS s . \"P\" /* x */ detach partition \"a.b\".part concurrently", "s.\"P\"", "\"a.b\".part")]
    public void Reads_the_tables_of_a_detach(string sql, string parent, string partition)
        => Assert.Equal(new PartitionDetach(parent, partition), PartitionDetach.Of(sql));

    [Theory]
    [InlineData("ALTER TABLE parted DETACH PARTITION part")]
    [InlineData("ALTER TABLE parted DETACH PARTITION part FINALIZE")]
    [InlineData("ALTER TABLE parted DETACH PARTITION")]
    [InlineData("DROP INDEX CONCURRENTLY part")]
    public void Reads_no_detach_from_other_statements(string sql) => Assert.Null(PartitionDetach.Of(sql));

    [Fact]
    public void Writes_the_statement_that_completes_a_detach()
        => Assert.Equal("ALTER TABLE s.parted DETACH PARTITION \"Part\" FINALIZE", new PartitionDetach("s.parted", "\"Part\"").Finalize);

    [Theory]
    [InlineData("DROP INDEX CONCURRENTLY t_a", "t_a")]
    [InlineData("DROP INDEX CONCURRENTLY IF EXISTS s.\"T a\" RESTRICT", "s.\"T a\"")]
    public void Reads_the_index_of_a_drop(string sql, string name) => Assert.Equal(new IndexDrop(name), IndexDrop.Of(sql));

    [Theory]
    [InlineData("DROP INDEX t_a")]
    [InlineData("DROP INDEX CONCURRENTLY")]
    public void Reads_no_drop_from_other_statements(string sql) => Assert.Null(IndexDrop.Of(sql));

    [Theory]
    [InlineData("REINDEX INDEX CONCURRENTLY s.t_a", "INDEX", "s.t_a")]
    [InlineData("reindex (verbose) table concurrently \"T\"", "TABLE", "\"T\"")]
    [InlineData("REINDEX (CONCURRENTLY, VERBOSE) SCHEMA app", "SCHEMA", "app")]
    [InlineData("REINDEX SYSTEM CONCURRENTLY shop", "SYSTEM", "shop")]
    [InlineData("REINDEX DATABASE CONCURRENTLY", "DATABASE", null)]
    public void Reads_what_a_reindex_names(string sql, string kind, string? name) => Assert.Equal(new Reindex(kind, name), Reindex.Of(sql));

    [Theory]
    [InlineData("REINDEX TABLE t")]
    [InlineData("CREATE INDEX CONCURRENTLY t_a ON t (a)")]
    public void Reads_no_reindex_from_other_statements(string sql) => Assert.Null(Reindex.Of(sql));
}
