using Nuke.Common;

namespace Build.Tests.Engine.Samples;

/// <summary>Prints every hook and decides the exit code itself.</summary>
public sealed class HookBuild : SampleBuild
{
    [Parameter] private readonly bool fail;

    [Parameter] private readonly int? code;

    public Target Skipped => _ => _.OnlyWhenDynamic(() => false, "somebody wants it").Executes(() => Tell(nameof(Skipped)));

    public Target Work => _ => _.DependsOn(Skipped).Executes(() => Nuke.Common.Assert.False(fail, "told to fail"));

    protected internal override void OnBuildCreated() => Tell("created");

    protected internal override void OnBuildInitialized() => Tell($"initialized:{string.Join('+', ExecutionPlan.Select(target => target.Name))}");

    protected internal override void OnTargetRunning(string target) => Tell($"running:{target}");

    protected internal override void OnTargetSkipped(string target) => Tell($"skipped:{target}");

    protected internal override void OnTargetSucceeded(string target) => Tell($"succeeded:{target}");

    protected internal override void OnTargetFailed(string target) => Tell($"failed:{target}");

    protected internal override void OnBuildFinished()
    {
        ExitCode = code;
        Tell($"finished:{(IsSucceeding ? "well" : "badly")}");
    }
}
