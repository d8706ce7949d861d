using System.Reflection;

namespace Belay;

/// <summary>Belay's own version.</summary>
public static class BelayVersion
{
    /// <summary>For example <c>0.1.0</c>; a build between two releases has more behind it.</summary>
    public static string Text { get; } =
        typeof(BelayVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>With the name: <c>Belay 0.1.0</c>.</summary>
    public static string Line => $"Belay {Text}";
}
