using CliWrap;
using CliWrap.Buffered;

namespace Belay.IntegrationTests.Support;

/// <summary>A mount over a folder, as an administrator makes it; only Linux's root can.</summary>
public sealed class Mount : IAsyncDisposable
{
    private readonly string folder;

    private Mount(string folder) => this.folder = folder;

    /// <summary>Lets nobody write into a folder that has files already.</summary>
    public static async Task<Mount> ReadOnlyAsync(string folder, CancellationToken cancellationToken)
    {
        await RunAsync("mount", ["--bind", folder, folder], cancellationToken);
        var mount = new Mount(folder);
        await RunAsync("mount", ["-o", "remount,ro,bind", folder], cancellationToken);
        return mount;
    }

    /// <summary>Puts an empty disk of a size over a folder, for example <c>4m</c>.</summary>
    public static async Task<Mount> TemporaryAsync(string folder, string size, CancellationToken cancellationToken)
    {
        await RunAsync("mount", ["-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder], cancellationToken);
        return new Mount(folder);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
        => await Cli.Wrap("umount").WithArguments(["--lazy", folder]).ExecuteBufferedAsync(CancellationToken.None);

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only Linux's root mounts.");
        var result = await Cli.Wrap(program)
            .WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        Assert.SkipUnless(result.IsSuccess, $"Nothing can be mounted here: {result.StandardError}");
    }
}
