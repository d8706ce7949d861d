#nullable disable
using System.Diagnostics;

namespace Nuke.Common.IO;

/// <summary>An absolute path of a file or folder; <c>/</c> appends a part.</summary>
[DebuggerDisplay("{path}")]
public class AbsolutePath
{
    private readonly string path;

    private AbsolutePath(string path)
    {
        Assert.True(Path.IsPathRooted(path), $"Path '{path}' must be rooted");
        var normalized = Path.GetFullPath(path);
        this.path = Path.GetPathRoot(normalized) == normalized ? normalized : Path.TrimEndingDirectorySeparator(normalized);
    }

    /// <summary>The last part.</summary>
    public string Name => Path.GetFileName(path);

    /// <summary>The last part without its extension.</summary>
    public string NameWithoutExtension => Path.GetFileNameWithoutExtension(path);

    /// <summary>The extension with its dot; empty if there is none.</summary>
    public string Extension => Path.GetExtension(path);

    /// <summary>The folder above; null for a root.</summary>
    public AbsolutePath Parent => Path.GetDirectoryName(path) is { } parent ? new AbsolutePath(parent) : null;

    /// <summary>Makes a path.</summary>
    /// <exception cref="ArgumentException">The text is not rooted.</exception>
    public static AbsolutePath Create(string path) => new(path);

    /// <summary>Makes a path; null stays null.</summary>
    /// <exception cref="ArgumentException">The text is not rooted.</exception>
    public static implicit operator AbsolutePath(string path) => path is null ? null : new AbsolutePath(path);

    /// <summary>The path as text; null stays null.</summary>
    public static implicit operator string(AbsolutePath path) => path?.ToString();

    /// <summary>Appends a part, which may contain <c>..</c>.</summary>
    public static AbsolutePath operator /(AbsolutePath left, string right) => new(Path.Combine(left.NotNull().path, right ?? string.Empty));

    /// <summary>The folder above: <c>path / ..</c>.</summary>
    public static AbsolutePath operator /(AbsolutePath left, Range range)
    {
        Assert.True(range.Equals(Range.All));
        return left.Parent;
    }

    /// <summary>Appends text to the last part.</summary>
    public static AbsolutePath operator +(AbsolutePath left, string right) => new(left.path + right);

    /// <summary>Whether both are the same path.</summary>
    public static bool operator ==(AbsolutePath a, AbsolutePath b) => Equals(a, b);

    /// <summary>Whether they are different paths.</summary>
    public static bool operator !=(AbsolutePath a, AbsolutePath b) => !Equals(a, b);

    /// <inheritdoc/>
    public override bool Equals(object obj) => obj is AbsolutePath other && string.Equals(path, other.path, Comparison);

    /// <inheritdoc/>
    public override int GetHashCode() => path.GetHashCode(Comparison);

    /// <inheritdoc/>
    public override string ToString() => path;

    private static StringComparison Comparison => OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
