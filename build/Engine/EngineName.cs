using System.Reflection;
using Nuke.Common;

/// <summary>Which engine runs the build, in its own words: a run's first line.</summary>
static class EngineName
{
    private const int Digits = 3;

    /// <summary>For example <c>Belay 0.1.0 on NUKE 10.1.0</c>, or <c>… on the stand-in for NUKE 10.1.0</c>.</summary>
    public static string Line { get; } = $"Belay {Version(typeof(Build))} on {Name()}";

    /// <summary>Whether this is the stand-in: it says so in its title, and NUKE's own assembly has no reason to.</summary>
    public static bool IsStandIn => Title.Contains("stand-in", StringComparison.Ordinal);

    private static string Title => typeof(NukeBuild).Assembly.GetCustomAttribute<AssemblyTitleAttribute>()?.Title ?? "";

    private static string Name() => IsStandIn ? Title : $"NUKE {Version(typeof(NukeBuild))}";

    private static string Version(Type type) => type.Assembly.GetName().Version!.ToString(Digits);
}
