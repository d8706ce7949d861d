using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class IndexBuildTests
{
    [Theory]
    [InlineData("CREATE INDEX CONCURRENTLY User_Email ON \"user\" (email)", "user_email", "\"user\"")]
    [InlineData("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"A\"\"b\" ON app.\"User\" USING btree (email)", "A\"b", "app.\"User\"")]
    [InlineData("CREATE INDEX CONCURRENTLY a ON ONLY s . t (b)", "a", "s.t")]
    public void Reads_the_name_and_the_table(string sql, string name, string table)
        => Assert.Equal(new IndexBuild(name, table), IndexBuild.Of(sql));

    [Theory]
    [InlineData("CREATE INDEX CONCURRENTLY ON t (a)")]
    [InlineData("CREATE INDEX CONCURRENTLY a ON ONLY")]
    [InlineData("CREATE INDEX CONCURRENTLY")]
    [InlineData("CREATE INDEX a ON t (b)")]
    [InlineData("DROP INDEX CONCURRENTLY a")]
    public void Reads_nothing_from_other_statements(string sql) => Assert.Null(IndexBuild.Of(sql));
}
