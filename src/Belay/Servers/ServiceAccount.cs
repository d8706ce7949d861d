using Belay.Settings;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.Servers;

/// <summary>The user that servers run as when Belay itself runs as root: PostgreSQL refuses to run as root.</summary>
internal sealed class ServiceAccount
{
    private static readonly string[] Preferred = ["postgres", "nobody"];
    private static readonly string[] Switchers =
    [
        "/usr/bin/setpriv", "/bin/setpriv", "/usr/sbin/runuser", "/sbin/runuser", "/usr/bin/sudo",
    ];
    private static readonly string[] Kept = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "windir", "TEMP", "TMP"];

    private readonly string? user;
    private readonly string? group;
    private readonly string? switcher;

    private ServiceAccount(string? user, string? group, string? switcher)
        => (this.user, this.group, this.switcher) = (user, group, switcher);

    /// <summary>Whether programs run as another user than this process.</summary>
    public bool IsOther => user is not null;

    /// <summary>The account for servers started by this process: its own, or postgres or nobody when that is root.</summary>
    /// <exception cref="PostgresServerException">This process is root, and there is no such user or no program to switch to it.</exception>
    public static ServiceAccount Find()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return new ServiceAccount(null, null, null);
        }

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length >= 4).ToList();
        var entry = Preferred.Select(name => users.Find(fields => fields[0] == name)).FirstOrDefault(fields => fields is not null);
        var switcher = Switchers.FirstOrDefault(File.Exists);
        return entry is null || switcher is null
            ? throw new PostgresServerException(
                "PostgreSQL does not run as root, and there is no user postgres or nobody, or none of setpriv, runuser and sudo to switch "
                    + "to it.",
                "run Belay as an ordinary user")
            : new ServiceAccount(switcher.EndsWith("setpriv", StringComparison.Ordinal) ? entry[2] : entry[0], entry[3], switcher);
    }

    /// <summary>A command that runs as the account, in a folder it may enter, without this process's variables:
    /// they hold addresses and passwords.</summary>
    public Command Command(string folder, string program, params string[] arguments)
    {
        string[] whole = [.. Switch(), program, .. arguments];
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => !Kept.Contains(name, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(name => name, string? (_) => null);
        variables["LC_ALL"] = "C";
        variables["TZ"] = "UTC";
        return Cli.Wrap(whole[0]).WithArguments(whole[1..]).WithWorkingDirectory(folder)
            .WithEnvironmentVariables(variables).WithValidation(CommandResultValidation.None);
    }

    /// <summary>Whether the account may enter a folder, with all folders above it.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken cancellationToken)
        => !IsOther || (await Command("/", "/usr/bin/test", "-x", folder).ExecuteAsync(cancellationToken)).IsSuccess;

    /// <summary>Hands files over to the account, with everything below them.</summary>
    /// <param name="path">A file or folder.</param>
    /// <exception cref="PostgresServerException">chown failed.</exception>
    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        if (!IsOther)
        {
            return;
        }

        var result = await ChildEnvironment.Program("chown")
            .WithArguments(["-R", "-h", $"{user}:{group}", path])
            .ExecuteBufferedAsync(cancellationToken);
        if (!result.IsSuccess)
        {
            throw new PostgresServerException($"Cannot hand {path} to the user {user}: {result.StandardError.Trim()}");
        }
    }

    private string[] Switch() => switcher switch
    {
        null => [],
        _
            when switcher.EndsWith("setpriv", StringComparison.Ordinal) => [
                switcher, $"--reuid={user}", $"--regid={group}", "--clear-groups", "--",
            ],
        _ when switcher.EndsWith("runuser", StringComparison.Ordinal) => [switcher, "-u", user!, "--"],
        _ => [switcher, "-n", "-u", user!, "--"],
    };
}
