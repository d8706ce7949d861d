using System.Diagnostics;
using Belay.Postgres;
using Belay.Settings;
using CliWrap.Buffered;

namespace Belay.Servers;

/// <summary>Finds a place for a server's files where the user that runs it can reach them.</summary>
public static class ServicePlace
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Creates a folder, or a link in its place to a folder under /var/tmp when the servers'
    /// user cannot enter it (a checkout below /root).</summary>
    /// <param name="wanted">The folder that is wanted.</param>
    /// <returns>The folder's real path.</returns>
    public static Task<string> PrepareAsync(string wanted, CancellationToken cancellationToken)
        => PrepareAsync(wanted, ServiceAccount.Find(), cancellationToken);

    /// <summary>Removes a folder made by <see cref="PrepareAsync(string, CancellationToken)"/>, and what
    /// a link in its place leads to.</summary>
    /// <param name="wanted">The folder that was wanted; it may be gone.</param>
    public static void Remove(string wanted)
    {
        var link = new DirectoryInfo(wanted).LinkTarget;
        var real = link is null ? wanted : RealPath.Of(wanted);
        try
        {
            Directory.Delete(real, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another run that sweeps the same leftovers was faster.
            Debug.Assert(!Directory.Exists(real), "the folder that was not found exists");
        }

        if (link is not null)
        {
            // Directory.Exists is false for a link that leads nowhere by now.
            File.Delete(wanted);
        }
    }

    internal static async Task<string> PrepareAsync(string wanted, ServiceAccount account, CancellationToken cancellationToken)
    {
        if (new DirectoryInfo(wanted).LinkTarget is not null && !Directory.Exists(wanted))
        {
            File.Delete(wanted);
        }

        Directory.CreateDirectory(wanted);
        var real = RealPath.Of(wanted);
        if (!await account.CanEnterAsync(Path.GetDirectoryName(real)!, cancellationToken))
        {
            real = await ReplaceAsync(wanted, cancellationToken);
        }

        SetMode(real, Passable);

        return real;
    }

    /// <summary>Moves the folder with what is in it: another user's run, or one from before the way in was closed,
    /// may have left a cluster there.</summary>
    /// <remarks>The name is random: under /var/tmp anyone could have taken a name that can be guessed.</remarks>
    private static async Task<string> ReplaceAsync(string wanted, CancellationToken cancellationToken)
    {
        var real = $"/var/tmp/belay-{Guid.NewGuid():N}";
        var moved = await ChildEnvironment.Program("mv").WithArguments(["--", wanted, real]).ExecuteBufferedAsync(cancellationToken);
        if (!moved.IsSuccess)
        {
            throw new PostgresServerException(
                $"Cannot move {wanted} to where the servers' user can enter it: {moved.StandardError.Trim()}", $"remove {wanted}");
        }

        File.CreateSymbolicLink(wanted, real);
        return real;
    }

    private static void SetMode(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, mode);
        }
    }
}
