using System.Reflection;
using Nuke.Common;

/// <summary>Which engine runs the build, in its own words: a run's first line.</summary>
static class EngineName
{
    private const int Digits = 3;

    /// <summary>For example <c>Belay 0.1.0 on NUKE 10.1.0</c>, or <c>… on the stand-in for NUKE 10.1.0</c>.</summary>
    public static string Line { get; } = $"Belay {Version(typeof(Build))} on {Name()}";

    // The stand-in says so in its title; NUKE's own assembly has no reason to.
    private static string Name()
    {
        var title = typeof(NukeBuild).Assembly.GetCustomAttribute<AssemblyTitleAttribute>()?.Title ?? "";
        return title.Contains("stand-in", StringComparison.Ordinal) ? title : $"NUKE {Version(typeof(NukeBuild))}";
    }

    private static string Version(Type type) => type.Assembly.GetName().Version!.ToString(Digits);
}
