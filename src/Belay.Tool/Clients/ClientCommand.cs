using Belay.Arguments;
using Belay.Postgres;
using Belay.Releases;
using Belay.Settings;
using CliWrap;

namespace Belay.Tool.Clients;

/// <summary><c>belay install-client</c>: asks the server for its version and installs the PostgreSQL client programs of it, where this
/// machine has none that can dump it.</summary>
/// <remarks>The images of continuous integration services have one version, which is often older than the server; pg_dump then
/// refuses.</remarks>
internal static class ClientCommand
{
    /// <summary>As it is typed.</summary>
    public const string Name = "install-client";

    private static readonly Dictionary<string, string?> Silent = new() { ["DEBIAN_FRONTEND"] = "noninteractive" };

    /// <summary>Looks, and installs what is missing.</summary>
    /// <exception cref="SettingsException">DATABASE_URL is missing or wrong, or an option does not belong here.</exception>
    /// <exception cref="DatabaseUnreachableException">The server did not answer.</exception>
    /// <exception cref="ClientException">The programs could not be installed.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var root = ToolRoot.Find(words, Environment.CurrentDirectory);
        RunEnvironment.Prepare(root.Folder, Console.Error);
        var major = await ServerVersion.ReadMajorAsync(Read(words, root), cancellationToken);
        if (await FindAsync(major, cancellationToken) is { } there)
        {
            Console.WriteLine($"kept pg_dump {there.Version} in {there.Folder}: the server is version {major}");
            return ExitCodes.Done;
        }

        if (!File.Exists("/usr/bin/apt-get"))
        {
            throw new ClientException($"There is no pg_dump for a server of version {major}, and no apt-get on this machine to install it");
        }

        await new AptClients(Environment.IsPrivilegedProcess, command => ExecuteAsync(command, cancellationToken)).InstallAsync(major);
        var installed = await FindAsync(major, cancellationToken)
            ?? throw new ClientException($"postgresql-client-{major} is installed, and no pg_dump of version {major} or newer was found");
        Console.WriteLine($"installed pg_dump {installed.Version} in {installed.Folder}: the server is version {major}");
        return ExitCodes.Done;
    }

    private static SettingsInput Read(IReadOnlyList<string> words, ToolRoot root)
    {
        var arguments = new ArgumentCheck(ReleaseParameters.All, [Name]) { Options = OptionSet.OfTool }.Read(new ArgumentSources
        {
            Words = [Name, .. words],
            Environment = EnvironmentVariables.Read(),
            RootFolder = root.Folder,
            ParametersFile = root.ParametersFile,
            UnknownKeyHint = root.UnknownKeyHint,
        });
        return arguments.Typed.Count == 0 && !arguments.IsPlan && arguments.Skipped is null
            ? new SettingsInput { RootFolder = root.Folder, Environment = EnvironmentVariables.Read(), Given = arguments.Texts }
            : throw new SettingsException($"{Name} heeds --root and no other option; nothing was installed", $"./build.sh {Name}");
    }

    /// <summary>The programs that a release would take: pg_dump dumps an older server too.</summary>
    private static async Task<PostgresTools?> FindAsync(int major, CancellationToken cancellationToken)
        => (await PostgresInstallations.FindAsync(cancellationToken)).Where(tools => tools.Major >= major).MinBy(tools => tools.Major);

    private static async Task<int> ExecuteAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        Console.WriteLine($"> {string.Join(' ', command)}");
        var result = await ChildEnvironment.Guest(command[0], Silent)
            .WithArguments(command.Skip(1))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Console.WriteLine))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Console.Error.WriteLine))
            .ExecuteAsync(cancellationToken);
        return result.ExitCode;
    }
}
