using Belay.Preflight;
using Belay.Sql;

namespace Belay.Tests.Preflight;

public sealed class RollbackFindingsTests
{
    [Fact]
    public void Names_scripts_that_nobody_has_tried_and_migrations_without_one_in_one_finding()
    {
        Migration[] pending = [With("1_a", "DROP TABLE a;"), With("2_b", "-- nothing"), With("3_c", null)];
        var finding = Assert.Single(RollbackFindings.Of(pending, false));

        Assert.Equal(
            new Finding(
                FindingSeverity.Warning,
                "The way back of what is pending: rollback scripts not rehearsed in this run: 1_a.sql; no rollback script, so that the way "
                    + "back is a restore: 2_b.sql, 3_c.sql",
                "./build.sh Migrate --rehearse tries the scripts on a copy first"),
            finding);
    }

    [Fact]
    public void Names_only_what_has_no_script_when_the_run_rehearses_and_at_most_five()
        => Assert.Equal(
            [
                new Finding(
                    FindingSeverity.Warning,
                    "The way back of what is pending: no rollback script, so that the way back is a restore: m1.sql, m2.sql, m3.sql, "
                        + "m4.sql, m5.sql and 2 more"),
            ],
            RollbackFindings.Of([With("0_a", "DROP TABLE a;"), .. Enumerable.Range(1, 7).Select(one => With($"m{one}", null))], true));

    [Fact]
    public void Says_nothing_of_scripts_that_are_rehearsed_nor_of_repeatable_migrations()
        => Assert.Empty(RollbackFindings.Of([With("1_a", "DROP TABLE a;"), With("R_v", null) with { IsRepeatable = true }], true));

    [Theory]
    [InlineData("\\i other.sql\nDROP TABLE a;", "1:1: ")]
    [InlineData("DROP TABLE a;\nDROP TABLE 'b;", "2:12: ")]
    public void Names_a_script_that_could_not_be_run_as_it_is_written(string script, string place)
    {
        var finding = RollbackFindings.Of([With("1_a", script)], true).Last();

        var fault = MigrationScript.Read(script, noTransaction: false).Faults[0];
        Assert.Equal(
            new Finding(
                FindingSeverity.Warning, $"Rollback would refuse its script: /m/1_a.rollback.sql:{place}{fault.Message}", fault.Hint),
            finding);
    }

    private static Migration With(string name, string? rollback) => new()
    {
        Version = 1,
        Name = name,
        Path = $"/m/{name}.sql",
        Text = "",
        Sha256 = "",
        Rollback = rollback is null ? null : new ScriptSource($"/m/{name}.rollback.sql", rollback),
    };
}
