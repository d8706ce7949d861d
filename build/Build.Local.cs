using Belay.Local;
using Nuke.Common;

sealed partial class Build
{
    Target LocalUp => _ => _
        .Description("Starts PostgreSQL, Azurite and the login API of the local profile and leaves them running")
        .Executes(() => LocalAsync(nameof(LocalUp), LocalEnvironment.UpAsync, "running"));

    Target LocalDown => _ => _
        .Description("Stops the parts of the local profile; their data stays")
        .Executes(() => LocalAsync(nameof(LocalDown), LocalEnvironment.DownAsync, "stopped"));

    Target LocalReset => _ => _
        .Description("Stops the parts of the local profile and wipes their data")
        .Executes(() => LocalAsync(nameof(LocalReset), LocalEnvironment.ResetAsync, "wiped"));

    Task LocalAsync(string target, Func<LocalOptions, CancellationToken, Task> work, string fact) => DevelopAsync(target, async token =>
    {
        await work(new LocalOptions { RootFolder = RootDirectory, Output = new ConsoleOutput(TimeProvider.System) }, token);
        return fact;
    });
}
