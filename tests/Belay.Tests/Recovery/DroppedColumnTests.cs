using Belay.Recovery;
using Belay.Sql;

namespace Belay.Tests.Recovery;

public sealed class DroppedColumnTests
{
    [Theory]
    [InlineData("ALTER TABLE \"user\" DROP COLUMN max_reports", "\"user\".max_reports")]
    [InlineData(
        "alter table if exists only app.\"User\" drop column if exists \"A;b\" cascade, drop c", "app.\"User\".\"A;b\"|app.\"User\".c")]
    [InlineData("ALTER TABLE t ADD COLUMN a numeric(1,2) DEFAULT 1, DROP b", "t.b")]
    [InlineData("ALTER TABLE t DROP COLUMN a /* , DROP b */; ALTER TABLE u DROP COLUMN c", "t.a|u.c")]
    [InlineData("ALTER TABLE t * DROP COLUMN a", "t.a")]
    public void Reads_the_columns_that_are_dropped(string sql, string columns) => Assert.Equal(columns.Split('|'), Read(sql));

    [Theory]
    [InlineData("ALTER TABLE t DROP CONSTRAINT c")]
    [InlineData(
        "ALTER TABLE t ALTER COLUMN a DROP DEFAULT, ALTER b DROP NOT NULL, ALTER c DROP IDENTITY IF EXISTS, ALTER d DROP EXPRESSION")]
    [InlineData("ALTER TABLE t RENAME COLUMN drop TO a")]
    [InlineData("ALTER TABLE t ADD COLUMN a text DEFAULT 'DROP COLUMN b'")]
    [InlineData("ALTER TABLE")]
    [InlineData("DROP TABLE t")]
    public void Reads_no_column_from_what_drops_none(string sql) => Assert.Empty(Read(sql));

    private static IEnumerable<string> Read(string sql)
        => DroppedColumn.In(MigrationScript.Read(sql, noTransaction: false).Statements).Select(column => $"{column.Table}.{column.Column}");
}
