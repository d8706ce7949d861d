namespace Belay.Tool;

/// <summary>What the help says besides targets and parameters.</summary>
internal static class ToolHelp
{
    /// <summary>The commands that are no targets.</summary>
    public static IReadOnlyList<string> Commands { get; } =
    [
        "",
        "Commands:",
        "",
        "  ./build.sh init [--ci github|azure|gitlab]   Writes what this repository lacks for Belay, and says each file; overwrites "
            + "nothing",
        "  ./build.sh new NAME [--migrations folder]    Makes the next migration's files in the folder's own layout; overwrites nothing",
        "  ./build.sh install-client                    Installs the PostgreSQL client programs of the server's version, with apt",
    ];
}
