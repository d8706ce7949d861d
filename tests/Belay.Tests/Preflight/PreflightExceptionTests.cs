using Belay.Preflight;

namespace Belay.Tests.Preflight;

public sealed class PreflightExceptionTests
{
    [Fact]
    public void Lists_every_refusal_with_its_hint()
    {
        var exception = new PreflightException(
        [
            new(FindingSeverity.Information, "seen"),
            new(FindingSeverity.Refusal, "first fault", "mend it"),
            new(FindingSeverity.Warning, "doubt"),
            new(FindingSeverity.Refusal, "second fault"),
        ]);

        Assert.Equal("Preflight refused for 2 reasons:\n  first fault\n    Hint: mend it\n  second fault", exception.Message);
        Assert.Equal("mend it", exception.Hint);
        Assert.Equal(4, exception.Findings.Count);
        Assert.Equal(ExitCodes.PreflightRefused, exception.ExitCode);
    }

    [Fact]
    public void Says_which_targets_a_refusal_stops_and_tells_only_those_of_the_run()
    {
        Finding[] findings =
        [
            new(FindingSeverity.Refusal, "the store is full", "free space") { Stops = ReleaseWork.Backup },
            new(FindingSeverity.Refusal, "the script is wrong", "mend it") { Stops = ReleaseWork.Migration },
        ];

        var backup = new PreflightException(findings, ReleaseWork.Backup);
        var migration = new PreflightException(findings, ReleaseWork.Migration);

        Assert.Equal(
            (
                "Preflight refused: the store is full (stops Backup; with a proven backup, ./build.sh Migrate --skip Backup goes through)",
                "free space"), (backup.Message, backup.Hint));
        Assert.Equal(
            ("Preflight refused: the script is wrong (stops Migrate and Rollback; ./build.sh Backup goes through)", "mend it"),
            (migration.Message, migration.Hint));
        Assert.Equal([true, false], findings.Select(finding => finding.Refuses(ReleaseWork.Backup)));
    }

    [Fact]
    public void Says_a_single_refusal_in_one_line()
        => Assert.Equal("Preflight refused: the fault", new PreflightException([new(FindingSeverity.Refusal, "the fault")]).Message);
}
