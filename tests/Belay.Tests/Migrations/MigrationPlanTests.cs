using Belay.History;
using Belay.Migrations;
using Belay.Sql;

namespace Belay.Tests.Migrations;

public sealed class MigrationPlanTests
{
    private static readonly MigrationSettings Settings = new() { Folder = "/m" };

    private static readonly DateTimeOffset Noon = new(2025, 10, 12, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Runs_what_is_not_applied_up_to_the_target_version()
    {
        var plan = MigrationPlan.Make([File(1), File(2), File(3)], [Applied(1)], Settings with { TargetVersion = 2 });
        Assert.Equal([2m], plan.Pending.Select(migration => migration.Version));
        Assert.Empty(plan.Faults);
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void Refuses_a_file_that_was_changed_after_it_was_applied()
    {
        var plan = MigrationPlan.Make([File(1) with { Sha256 = "b" }], [Applied(1)], Settings);
        Assert.Equal(
            [
                new PlanFault(
                    "/m/0001_m1.sql was changed after it was applied on 2025-10-12 12:00:00 UTC: its SHA-256 is b, applied was a",
                    "put the applied text back and write a new migration for the change; if the change is right although another text "
                        + "ran, ./build.sh Repair --migration-version 1 --reason \"…\" accepts this one file",
                    1),
            ],
            plan.Faults);
        Assert.Empty(plan.Pending);
    }

    [Fact]
    public void Refuses_a_late_file_unless_it_is_allowed()
    {
        var plan = MigrationPlan.Make([File(1), File(2)], [Applied(2)], Settings);
        Assert.Equal(
            [
                new PlanFault(
                    "/m/0001_m1.sql sorts before migration 2, which is applied already",
                    "give it a number above 2, or run it late on purpose with --allow-out-of-order",
                    1),
            ], plan.Faults);
        Assert.Empty(MigrationPlan.Make([File(1), File(2)], [Applied(2)], Settings with { AllowOutOfOrder = true }).Faults);
    }

    [Fact]
    public void Calls_a_file_late_that_sorts_before_the_newest_applied_one_though_after_others()
        => Assert.Equal(
            "/m/0002_m2.sql sorts before migration 3, which is applied already",
            Assert.Single(MigrationPlan.Make([File(1), File(2), File(3)], [Applied(1), Applied(3)], Settings).Faults).Message);

    [Theory]
    [InlineData(null, "write what must hold into 0001_m1.verify.sql, or leave --require-checks away")]
    [InlineData("-- check: total\n-- report\nSELECT 1;", "write what must hold into x.verify.sql, or leave --require-checks away")]
    public void Refuses_a_migration_without_a_check_that_expects_something_where_checks_are_required(string? checks, string hint)
    {
        var file = File(1) with { Verify = checks is null ? null : new ScriptSource("/m/x.verify.sql", checks) };
        Assert.Equal(
            [new PlanFault("/m/0001_m1.sql has no check that expects something, and --require-checks asks for one", hint, 1)],
            MigrationPlan.Make([file], [], Settings with { RequireChecks = true }).Faults);
        Assert.Empty(MigrationPlan.Make([file], [], Settings).Faults);
        Assert.Empty(MigrationPlan.Make([file], [Applied(1)], Settings with { RequireChecks = true }).Faults);
        var right = new ScriptSource("/m/x.verify.sql", "-- check: none\n-- expect: no rows\nSELECT 1 WHERE false;");
        Assert.Empty(MigrationPlan.Make([file with { Verify = right }], [], Settings with { RequireChecks = true }).Faults);
    }

    [Theory]
    [InlineData("-- check: total\n-- report\nSELECT 1;\n-- check: none\n-- expect: no rows\nSELECT 1 WHERE false;")]
    [InlineData("-- check: unread\n-- expect: something else\nSELECT 1;")]
    public void Takes_one_check_that_expects_something_for_enough_and_leaves_a_file_that_cannot_be_read_to_its_own_fault(string checks)
    {
        var file = File(1) with { Verify = new ScriptSource("/m/x.verify.sql", checks) };
        Assert.Empty(MigrationPlan.Make([file], [], Settings with { RequireChecks = true }).Faults);
    }

    [Fact]
    public void Refuses_scripts_with_their_lines_but_only_those_that_are_to_run()
    {
        var bad = File(2) with { Text = "SELECT 1;\nVACUUM;" };
        Assert.Equal(
            [
                new PlanFault(
                    "/m/0002_m2.sql:2:1: VACUUM cannot run inside a transaction",
                    "put the directive \"-- belay: no-transaction\" in the file's first line",
                    2),
            ],
            MigrationPlan.Make([File(1), bad], [], Settings).Faults);
        Assert.Empty(MigrationPlan.Make([File(1), bad], [], Settings with { TargetVersion = 1 }).Faults);
        Assert.Empty(MigrationPlan.Make([bad with { Directives = new() { NoTransaction = true } }], [], Settings).Faults);
    }

    [Fact]
    public void Warns_of_applied_migrations_without_their_file_or_under_another_name()
        => Assert.Equal(
            ["Migration 1 (m1) is in the history, but its file is not in the folder", "0002_m2.sql was applied under the name other"],
            MigrationPlan.Make([File(2)], [Applied(1), Applied(2) with { Name = "other" }], Settings).Warnings);

    [Theory]
    [InlineData("")]
    [InlineData("-- nothing\n")]
    [InlineData("BEGIN; COMMIT;")]
    public void Says_that_a_file_has_no_statement(string text)
        => Assert.Equal(
            ["0001_m1.sql has no statement: it changes nothing and will be recorded as applied"],
            MigrationPlan.Make([File(1) with { Text = text }], [], Settings).Warnings);

    [Fact]
    public void Runs_repeatable_migrations_after_the_others_when_they_are_new_or_changed()
    {
        var plan = MigrationPlan.Make(
            [File(1), File(2), Repeatable("new"), Repeatable("same"), Repeatable("changed") with { Sha256 = "b" }],
            [Applied(1), Ran("same"), Ran("changed")],
            Settings);
        Assert.Equal(["m2", "new", "changed"], plan.Pending.Select(migration => migration.Name));
        Assert.Empty(plan.Faults);
    }

    [Fact]
    public void Holds_repeatable_migrations_while_a_versioned_one_is_held()
    {
        var plan = MigrationPlan.Make([File(1), File(2), Repeatable("views")], [], Settings with { TargetVersion = 1 });
        Assert.Equal(["m1"], plan.Pending.Select(migration => migration.Name));
    }

    [Fact]
    public void Refuses_a_repeatable_migration_outside_a_transaction()
        => Assert.Equal(
            [
                new PlanFault(
                    "/m/R_a.sql asks for no transaction, but a repeatable migration runs in one", "make a versioned migration of it", 0),
            ],
            MigrationPlan.Make([Repeatable("a") with { Directives = new() { NoTransaction = true } }], [], Settings).Faults);

    [Fact]
    public void Warns_of_a_repeatable_migration_whose_file_is_gone()
        => Assert.Equal(
            ["Repeatable migration (views) is in the history, but its file is not in the folder"],
            MigrationPlan.Make([File(1)], [Applied(1), Ran("views")], Settings).Warnings);

    private static Migration Repeatable(string name) => File(0) with { Name = name, Path = $"/m/R_{name}.sql", IsRepeatable = true };

    private static AppliedMigration Ran(string name) => Applied(0) with { Name = name, IsRepeatable = true };

    private static Migration File(long version)
        => new() { Version = version, Name = $"m{version}", Path = $"/m/{version:0000}_m{version}.sql", Text = "SELECT 1;", Sha256 = "a" };

    private static AppliedMigration Applied(long version)
        => new(version, $"m{version}", "a", Noon, "postgres", TimeSpan.FromSeconds(1), "b");
}
