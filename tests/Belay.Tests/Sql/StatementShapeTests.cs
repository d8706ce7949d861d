using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class StatementShapeTests
{
    [Fact]
    public void Has_the_first_words_in_upper_case_without_names_in_quotes_and_strings()
    {
        Assert.Equal(["SELECT", "A", "FROM"], StatementShape.Of("select a, \"b\", 'c' /* d */ from \"e\"").Words);
        var many = string.Join(' ', Enumerable.Range(0, 200).Select(index => $"w{index}"));
        Assert.Equal(64, StatementShape.Of(many).Words.Count);
        Assert.Equal(["A", "B"], StatementShape.Of($"a {new string('(', 126)} b c").Words);
    }

    [Theory]
    [InlineData("BEGIN", "Begin")]
    [InlineData("START TRANSACTION READ ONLY", "Begin")]
    [InlineData("START", "None")]
    [InlineData("COMMIT", "Commit")]
    [InlineData("END WORK", "Commit")]
    [InlineData("COMMIT AND CHAIN", "Other")]
    [InlineData("COMMIT AND NO CHAIN", "Commit")]
    [InlineData("COMMIT PREPARED 'a'", "Other")]
    [InlineData("ROLLBACK PREPARED 'a'", "Other")]
    [InlineData("PREPARE TRANSACTION 'a'", "Other")]
    [InlineData("PREPARE a AS SELECT 1", "None")]
    [InlineData("ROLLBACK", "Other")]
    [InlineData("ABORT", "Other")]
    [InlineData("ROLLBACK TO a", "None")]
    [InlineData("ROLLBACK TRANSACTION TO SAVEPOINT a", "None")]
    [InlineData("ROLLBACK WORK TO a", "None")]
    [InlineData("SELECT 1", "None")]
    [InlineData("", "None")]
    public void Knows_what_a_statement_does_to_a_transaction(string sql, string word)
        => Assert.Equal(word, $"{StatementShape.Of(sql).Transaction}");

    [Theory]
    [InlineData("REINDEX SYSTEM a", "REINDEX SYSTEM", false)]
    [InlineData("REINDEX DATABASE d", "REINDEX DATABASE", false)]
    [InlineData("REINDEX VERBOSE DATABASE d", "REINDEX DATABASE", false)]
    [InlineData("REINDEX VERBOSE SCHEMA s", "REINDEX SCHEMA", false)]
    [InlineData("REINDEX VERBOSE SYSTEM s", "REINDEX SYSTEM", false)]
    [InlineData("REINDEX DATABASE CONCURRENTLY", "REINDEX CONCURRENTLY", true)]
    [InlineData("CREATE UNIQUE INDEX CONCURRENTLY a ON t (b)", "CREATE INDEX CONCURRENTLY", true)]
    [InlineData("DROP DATABASE d", "DROP DATABASE", false)]
    [InlineData("CREATE TABLESPACE d LOCATION '/x'", "CREATE TABLESPACE", false)]
    [InlineData("ALTER DATABASE \"D\" SET TABLESPACE s", "ALTER DATABASE SET TABLESPACE", false)]
    [InlineData("ALTER DATABASE d SET TABLESPACE \"S\"", "ALTER DATABASE SET TABLESPACE", false)]
    [InlineData("ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "DETACH PARTITION CONCURRENTLY", true)]
    [InlineData("ALTER TABLE t RENAME TO concurrently", null, false)]
    [InlineData("DISCARD ALL", "DISCARD ALL", false)]
    [InlineData("VACUUM t", "VACUUM", false)]
    [InlineData("SELECT concurrently", null, false)]
    [InlineData("ALTER DATABASE d SET TABLESPACE s t", null, false)]
    public void Knows_what_no_transaction_may_contain_and_what_waits_for_old_ones(string sql, string? name, bool isConcurrent)
    {
        var shape = StatementShape.Of(sql);
        Assert.Equal((name, isConcurrent), (shape.OutsideOnly, shape.IsConcurrent));
    }

    [Theory]
    [InlineData("CALL p()", true)]
    [InlineData("DO $$ BEGIN END $$", true)]
    [InlineData("SELECT p()", false)]
    public void Knows_what_may_commit_by_itself(string sql, bool mayCommit) => Assert.Equal(mayCommit, StatementShape.Of(sql).MayCommit);

    [Theory]
    [InlineData("UPDATE t SET a = 1", true)]
    [InlineData("REFRESH MATERIALIZED VIEW v", true)]
    [InlineData("ANALYZE t", true)]
    [InlineData("SELECT f()", false)]
    [InlineData("SET a = 1", false)]
    [InlineData("WITH a AS (SELECT 1) INSERT INTO t SELECT 1", true)]
    [InlineData("WITH a AS (SELECT ')('), b (c, d) AS NOT MATERIALIZED (SELECT (1), 2) update t SET a = 1", true)]
    [InlineData("WITH RECURSIVE a AS (DELETE FROM t RETURNING *) DELETE FROM t", true)]
    [InlineData("WITH a AS (INSERT INTO t SELECT 1 RETURNING *) SELECT f() FROM a", false)]
    [InlineData("WITH update AS (SELECT 1) SELECT f()", false)]
    [InlineData("WITH update (a) AS (SELECT 1) (SELECT f())", false)]
    [InlineData("WITH a AS (SELECT 1) SEARCH DEPTH FIRST BY a SET b SELECT f()", false)]
    [InlineData("WITH a", false)]
    public void Knows_what_leaves_nothing_in_a_session_but_what_the_server_tells(string sql, bool isPlain)
        => Assert.Equal(isPlain, StatementShape.Of(sql).IsPlain);

    [Theory]
    [InlineData("ALTER TYPE a ADD VALUE 'b'", true)]
    [InlineData("ALTER TYPE a ADD ATTRIBUTE value int", false)]
    [InlineData("ALTER TYPE a RENAME VALUE 'b' TO 'c'", false)]
    [InlineData("ALTER TABLE a ADD value int", false)]
    public void Knows_a_new_value_of_an_enum(string sql, bool adds) => Assert.Equal(adds, StatementShape.Of(sql).AddsEnumValue);

    [Theory]
    [InlineData("COPY t TO STDOUT", true)]
    [InlineData("COPY t TO PROGRAM 'cat' -- stdout", false)]
    [InlineData("SELECT a TO stdout", false)]
    public void Knows_what_sends_rows_to_the_client(string sql, bool copies) => Assert.Equal(copies, StatementShape.Of(sql).CopiesToClient);

    [Theory]
    [InlineData("SELECT 1", "SELECT")]
    [InlineData("create table t (a int)", "CREATE TABLE")]
    [InlineData("CREATE UNIQUE INDEX CONCURRENTLY a ON t (b)", "CREATE INDEX CONCURRENTLY")]
    public void Has_a_name_for_people(string sql, string title) => Assert.Equal(title, StatementShape.Of(sql).Title);
}
