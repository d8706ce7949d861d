#nullable disable
namespace Nuke.Common.IO;

/// <summary>A file or folder.</summary>
public sealed class AbsolutePath
{
    private readonly string path;

    private AbsolutePath(string path) => this.path = path;

    /// <summary>The path as text.</summary>
    public static implicit operator string(AbsolutePath path) => path?.ToString();

    /// <inheritdoc/>
    public override string ToString() => path;

    internal static AbsolutePath FindRoot()
        => new(Climb(Environment.CurrentDirectory) ?? Climb(AppContext.BaseDirectory) ?? Environment.CurrentDirectory);

    private static string Climb(string folder)
    {
        while (folder is not null && !Directory.Exists(Path.Combine(folder, ".nuke")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
