using Belay.Local;
using Nuke.Common;

sealed partial class Build
{
    Target LocalUp => _ => _
        .Description(DevelopmentTargets.LocalUp.Description)
        .Executes(() => LocalAsync(nameof(LocalUp), LocalEnvironment.UpAsync, "running"));

    Target LocalDown => _ => _
        .Description(DevelopmentTargets.LocalDown.Description)
        .Executes(() => LocalAsync(nameof(LocalDown), LocalEnvironment.DownAsync, "stopped"));

    Target LocalReset => _ => _
        .Description(DevelopmentTargets.LocalReset.Description)
        .Executes(() => LocalAsync(nameof(LocalReset), LocalEnvironment.ResetAsync, "wiped"));

    Task LocalAsync(string target, Func<LocalOptions, CancellationToken, Task> work, string fact) => DevelopAsync(target, async token =>
    {
        await work(new LocalOptions { RootFolder = Root, Output = Own.Output }, token);
        return fact;
    });
}
