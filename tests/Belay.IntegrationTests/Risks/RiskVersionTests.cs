using Belay.IntegrationTests.Support;
using Belay.IntegrationTests.Versions;

namespace Belay.IntegrationTests.Risks;

/// <summary>Every version tells the same.</summary>
public sealed class RiskVersionTests(VersionsFixture versions, PostgresFixture machine)
{
    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task The_oldest_and_the_newest_servers_tell_the_same_risks(int major)
    {
        await using var one = await VersionBench.CreateAsync(major, versions, machine, RiskRuleTests.Tables);
        one.Bench.Write("1_a.sql", """
            ALTER TABLE item ADD at timestamptz DEFAULT clock_timestamp();
            ALTER TABLE item ADD n int NOT NULL DEFAULT 3;
            CREATE INDEX i ON item (id);
            """);
        one.Bench.Write("2_b.sql", """
            ALTER TABLE item ALTER id SET NOT NULL;
            ALTER TABLE item ADD CONSTRAINT c CHECK (id > 0);
            ALTER TABLE item ADD CONSTRAINT d CHECK (id > 0) NOT VALID;
            """);
        one.Bench.Write("3_c.sql", """
            UPDATE item SET note = 'y';
            CREATE TABLE target (id int PRIMARY KEY);
            INSERT INTO target SELECT id FROM item;
            ALTER TABLE item ADD FOREIGN KEY (id) REFERENCES target;
            """);
        one.Bench.Write("4_d.sql", """
            TRUNCATE small;
            ALTER TABLE "My Shop"."Größe" DROP twice;
            DROP VIEW item_view CASCADE;
            ALTER TABLE part DROP note;
            """);

        var report = await RiskRuleTests.FindAsync(one.Database.Connector, one.Bench);

        Assert.Equal(
            [
                "1_a.sql:1 ALTER TABLE: volatile-default",
                "1_a.sql:1 ALTER TABLE: lock-and-work",
                "1_a.sql:2 ALTER TABLE: lock-and-work",
                "1_a.sql:3 CREATE INDEX: create-index",
                "2_b.sql:1 ALTER TABLE: set-not-null",
                "2_b.sql:1 ALTER TABLE: lock-and-work",
                "2_b.sql:2 ALTER TABLE: add-check",
                "3_c.sql:1 UPDATE ITEM: update-rows",
                "3_c.sql:4 ALTER TABLE: add-foreign-key",
                "4_d.sql:1 TRUNCATE SMALL: truncate",
                "4_d.sql:4 ALTER TABLE: drop-column",
            ],
            report.Risks.Select(risk => $"{risk.Place}: {risk.Rule}"));
        Assert.Equal("public.small is emptied with 20 rows (public.small: 8.0 KiB, about 20 rows)", report.Risks[9].What);
    }
}
