using Belay.Risks;
using Belay.Sql;

namespace Belay.Tests.Risks;

public sealed class OutsideStatementsTests
{
    [Theory]
    [InlineData("CREATE INDEX CONCURRENTLY i ON a (b); DROP INDEX CONCURRENTLY j; REINDEX INDEX CONCURRENTLY k")]
    [InlineData("SET lock_timeout = '1s'; ALTER TYPE mood ADD VALUE 'glad'; VACUUM ANALYZE a; ANALYZE a; COMMENT ON TABLE a IS 'FULL'")]
    [InlineData("ALTER TABLE a VALIDATE CONSTRAINT c; ALTER TABLE ONLY public.a VALIDATE CONSTRAINT \"C\"")]
    [InlineData("")]
    public void What_only_builds_indexes_beside_others_validates_or_vacuums_is_no_risk(string text) => Assert.Null(Doubtful(text));

    [Theory]
    [InlineData("UPDATE a SET b = 1", "runs outside a transaction, from line 1 UPDATE A on")]
    [InlineData("VACUUM FULL a", "runs outside a transaction, from line 1 VACUUM on")]
    [InlineData("ALTER TABLE a DROP COLUMN b, VALIDATE CONSTRAINT c", "runs outside a transaction, from line 1 ALTER TABLE on")]
    [InlineData("ALTER TABLE a VALIDATE CONSTRAINT \"c\", DROP \"b\"", "runs outside a transaction, from line 1 ALTER TABLE on")]
    [InlineData("ALTER TABLE \"a\" ALTER \"b\" TYPE int, VALIDATE CONSTRAINT c", "runs outside a transaction, from line 1 ALTER TABLE on")]
    [InlineData("CREATE INDEX i ON a (b)", "runs outside a transaction, from line 1 CREATE INDEX on")]
    [InlineData(
        "ANALYZE;\nALTER TABLE a VALIDATE CONSTRAINT c, DROP b;\nCALL f();\nDO ''",
        "runs outside a transaction, from line 2 ALTER TABLE on, with 2 more statements that may be a risk")]
    public void Anything_else_may_be_one(string text, string expected) => Assert.Equal(expected, Doubtful(text));

    private static string? Doubtful(string text)
        => OutsideStatements.Doubtful(new Migration { Version = 1, Name = "a", Path = "/m/1_a.sql", Text = text, Sha256 = "" });
}
