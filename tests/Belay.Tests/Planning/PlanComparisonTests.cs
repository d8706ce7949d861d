using Belay.Planning;
using Belay.Postgres;

namespace Belay.Tests.Planning;

public sealed class PlanComparisonTests
{
    private static readonly PlannedFile First = new("1_a.sql", "aa", "cc", null, false);
    private static readonly PlannedFile Second = new("2_b.sql", "bb", null, "dd", true);

    private static readonly ReleasePlanFile Plan = new()
    {
        MadeUtc = new DateTimeOffset(2025, 10, 12, 10, 30, 0, TimeSpan.Zero),
        Database = new DatabaseIdentity("1", 2, "app"),
        Files = [First, Second],
        Settings = new Dictionary<string, string> { ["--layout"] = "auto", ["--target-version"] = "none" },
        Schema = ["table public.user"],
    };

    [Fact]
    public void The_same_is_no_difference_whatever_a_dry_run_showed_and_when()
        => PlanComparison.Demand(
            Plan with { Changes = ["+ x"], Statements = ["y"] }, Plan with { MadeUtc = DateTimeOffset.MaxValue }, "plan.json");

    [Fact]
    public void A_schema_is_the_same_whatever_of_it_is_masked_on_one_machine_and_not_on_the_other()
        => PlanComparison.Demand(
            Plan with { SchemaSha256 = "ff" }, Plan with { Schema = ["table public.***"], SchemaSha256 = "ff" }, "plan.json");

    [Theory]
    [InlineData("table public.masked-in-this-test")]
    [InlineData("table public.***")]
    public void A_schema_is_another_one_although_its_difference_is_masked(string line)
    {
        _ = new Secret("masked-in-this-test");
        var now = Plan with { Schema = ["table public.***"], SchemaSha256 = "ee" };

        var refusal = Assert.Throws<PlanException>(
            () => PlanComparison.Demand(Plan with { Schema = [line], SchemaSha256 = "ff" }, now, "plan.json"));

        Assert.EndsWith("\n  the schema has changed since, in what is masked", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_names_every_difference()
    {
        var now = Plan with
        {
            Database = new DatabaseIdentity("1", 3, "app"),
            Files =
            [
                First with { Sha256 = "xx", Checks = null },
                Second with { Rollback = "yy", IsOutside = false },
                Second with { Name = "3_c.sql" },
            ],
            Settings = new Dictionary<string, string> { ["--layout"] = "auto", ["--target-version"] = "2" },
            Schema = ["table public.other", "table public.user"],
        };

        var refusal = Assert.Throws<PlanException>(() => PlanComparison.Demand(Plan, now, "plan.json"));

        Assert.Equal(
            """
            What would run is not what plan.json says, made at 2025-10-12 10:30:00 UTC; nothing was touched:
              the database is app (oid 3, system 1), and the plan is for app (oid 2, system 1)
              3_c.sql is pending and not in the plan
              1_a.sql has another text and other checks than in the plan
              2_b.sql has another rollback script and another place, in or outside a transaction, than in the plan
              --target-version is 2, in the plan none
              the schema has changed since: 1 line added, 0 removed
                + table public.other
            """,
            refusal.Message);
        Assert.Equal("./build.sh PlanRelease makes a new plan; have it approved", refusal.Hint);
        Assert.Equal(ExitCodes.PreflightRefused, refusal.ExitCode);
    }

    [Theory]
    [InlineData("unknown", "1")]
    [InlineData("1", "unknown")]
    [InlineData("unknown", "unknown")]
    public void A_cluster_s_identifier_that_one_of_the_roles_may_not_read_is_no_difference(string approved, string now)
        => PlanComparison.Demand(
            Plan with { Database = Plan.Database with { SystemIdentifier = approved } },
            Plan with { Database = Plan.Database with { SystemIdentifier = now } },
            "plan.json");

    [Fact]
    public void Another_role_is_a_difference_and_a_plan_of_before_names_none()
    {
        var approved = Plan with { Role = "migrator" };
        var refusal = Assert.Throws<PlanException>(
            () => PlanComparison.Demand(approved, Plan with { Role = "postgres" }, "plan.json"));

        Assert.EndsWith("\n  the role is postgres, in the plan migrator", refusal.Message, StringComparison.Ordinal);
        PlanComparison.Demand(approved, approved, "plan.json");
        PlanComparison.Demand(Plan, approved, "plan.json");
    }

    [Fact]
    public void A_file_that_is_not_pending_and_an_order_are_differences()
    {
        Assert.Contains("2_b.sql is in the plan and not pending", Refusal(Plan with { Files = [First] }), StringComparison.Ordinal);
        Assert.Contains("the order is 2_b.sql, 1_a.sql", Refusal(Plan with { Files = [Second, First] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_that_cannot_be_read_now_is_one_too()
        => Assert.Contains(
            "the schema cannot be read now, and could when the plan was made",
            Refusal(Plan with { Schema = null }),
            StringComparison.Ordinal);

    private static string Refusal(ReleasePlanFile now)
        => Assert.Throws<PlanException>(() => PlanComparison.Demand(Plan, now, "plan.json")).Message;
}
