#nullable disable
using System.Reflection;
using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common;

/// <content>What a build knows before it exists.</content>
public abstract partial class NukeBuild
{
    private static readonly string[] ServerVariables =
        ["CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION"];

    private static AbsolutePath rootDirectory;

    /// <summary>The folder that holds <c>.nuke</c>.</summary>
    public static AbsolutePath RootDirectory
    {
        get => rootDirectory ??= RootFolder.FindForProcess();
        internal set => rootDirectory = value;
    }

    /// <summary>Files of the engine and of the build that may be deleted.</summary>
    public static AbsolutePath TemporaryDirectory => RootDirectory / ".nuke" / "temp";

    /// <summary>The build's assembly.</summary>
    public static AbsolutePath BuildAssemblyFile { get; internal set; }

    /// <summary>The folder of the build's assembly.</summary>
    public static AbsolutePath BuildAssemblyDirectory => BuildAssemblyFile?.Parent;

    /// <summary>How much is printed.</summary>
    public static Verbosity Verbosity { get; set; } = Verbosity.Normal;

    /// <summary>Where the build runs.</summary>
    public static Host Host { get; set; } = new Terminal();

    /// <summary>The profiles that were loaded, in their order.</summary>
    public static string[] LoadedLocalProfiles { get; internal set; } = [];

    /// <summary>Whether no known CI server runs the build.</summary>
    public static bool IsLocalBuild => !IsServerBuild;

    /// <summary>Whether a known CI server runs the build.</summary>
    public static bool IsServerBuild
        => ServerVariables.Any(variable => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)));

    internal static void Remember(Assembly assembly)
        => BuildAssemblyFile = assembly.Location.Length == 0 ? null : (AbsolutePath)assembly.Location;
}
