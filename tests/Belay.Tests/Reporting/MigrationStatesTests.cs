using Belay.History;
using Belay.Reporting;
using Belay.Sql;

namespace Belay.Tests.Reporting;

public sealed class MigrationStatesTests
{
    private static readonly DateTimeOffset Noon = new(2025, 10, 12, 12, 0, 0, TimeSpan.Zero);

    private static readonly PartWayMigration Lost = new(7, 2, "CALL FILL", null, Noon);

    [Fact]
    public void Shows_versions_in_their_order_and_repeatable_migrations_after_them()
        => Assert.Equal(
            [
                new StatusMigration("0001.0002_gone", Noon, "its file is not in the folder; adopted"),
                new StatusMigration("V2__a", Noon, "changed since"),
                new StatusMigration("7", null, $"its file is not in the folder; {Lost.Standing}") { IsPartWay = true },
                new StatusMigration(
                    "V9__c",
                    null,
                    "1 statement ran; the last that began, on 2025-10-12 12:00:00 UTC, was VACUUM, which failed with SQLSTATE 57014; "
                        + "Migrate goes on with it") { IsPartWay = true },
                new StatusMigration("V10__b", null),
                new StatusMigration("R__changed", null, "changed since it ran on 2025-10-12 12:00:00 UTC"),
                new StatusMigration("R__same", Noon),
                new StatusMigration("R_gone", Noon, "its file is not in the folder"),
            ],
            MigrationStates.Of(
                [
                    File(2, "V2__a.sql") with { Sha256 = "b" },
                    File(9, "V9__c.sql"),
                    File(10, "V10__b.sql"),
                    Repeatable("changed") with { Sha256 = "b" },
                    Repeatable("same"),
                ],
                [Applied(1.0002m, "gone") with { Remark = "adopted" }, Applied(2, "a"), Ran("changed"), Ran("gone"), Ran("same")],
                [Lost, new PartWayMigration(9, 1, "VACUUM", "57014", Noon)]));

    private static Migration File(decimal version, string file)
        => new() { Version = version, Name = "m", Path = $"/m/{file}", Text = "", Sha256 = "a" };

    private static Migration Repeatable(string name) => File(0, $"R__{name}.sql") with { Name = name, IsRepeatable = true };

    private static AppliedMigration Applied(decimal version, string name) => new(version, name, "a", Noon, "postgres", TimeSpan.Zero, "b");

    private static AppliedMigration Ran(string name) => Applied(0, name) with { IsRepeatable = true };
}
