using Nuke.Common;
using Nuke.Common.Utilities.Collections;
using Serilog;

namespace Build.Tests.Engine.Samples;

/// <summary>The chain of a release; any of its targets can be made to fail.</summary>
public sealed class ChainBuild : SampleBuild
{
    [Parameter("The target that fails")]
    public string? FailIn { get; set; }

    [Parameter("The exit code", Name = "Code")]
    public string? Decided { get; set; }

    [Parameter("Leaves the smoke test out")]
    public bool NoSmokeTest { get; set; }

    public Target Preflight => _ => _
        .Description("Looks")
        .Executes(() => Do(nameof(Preflight)));

    public Target Backup => _ => _
        .DependsOn(Preflight)
        .Executes(() =>
        {
            Log.Warning("{What} taken", "backup");
            Do(nameof(Backup));
        });

    public Target Migrate => _ => _
        .DependsOn(Backup)
        .Triggers(Verify, SmokeTest)
        .Executes(async () =>
        {
            await Task.Yield();
            ReportSummary(_ => _.AddPair("Migrated", "3").AddPair("Ticket", "T1"));
            Do(nameof(Migrate));
        });

    public Target Verify => _ => _
        .After(Migrate)
        .Executes(() => Do(nameof(Verify)));

    public Target SmokeTest => _ => _
        .After(Verify)
        .OnlyWhenDynamic(() => !NoSmokeTest)
        .Executes(() => Do(nameof(SmokeTest)));

    public Target Everything => _ => _
        .DependsOn(Migrate);

    protected internal override void OnBuildFinished()
    {
        ExitCode = Decided is null ? null : int.Parse(Decided, System.Globalization.CultureInfo.InvariantCulture);
        Tell($"finished:{(IsSucceeding ? "well" : "badly")}");
    }

    private void Do(string target)
    {
        Tell(target);
        if (FailIn == target)
        {
            throw new InvalidOperationException($"boom in {target}\nsecond line");
        }
    }
}
