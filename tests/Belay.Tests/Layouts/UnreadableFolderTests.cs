using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Belay.History;
using Belay.Layouts;

namespace Belay.Tests.Layouts;

/// <summary>A folder below that the account may not look into, as <c>lost+found</c> of a volume. Root may look into all,
/// so it reads the files as nobody.</summary>
public sealed class UnreadableFolderTests : LayoutTest
{
    private const uint Nobody = 65534;

    [Theory]
    [InlineData("0001_a.sql", "auto")]
    [InlineData("V1__a.sql", "flyway")]
    [InlineData("note.txt", "auto")]
    public void Is_refused_with_its_path_and_no_stack_trace(string file, string layout)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() || (OperatingSystem.IsMacOS() && !Environment.IsPrivilegedProcess),
            "There are no such folders, or root reads them.");
        Write(file, "SELECT 1;");
        Directory.CreateDirectory(PathOf("lost+found"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                Folder,
                File.GetUnixFileMode(
                    Folder) | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            File.SetUnixFileMode(PathOf("lost+found"), UnixFileMode.None);
        }

        var exception = Assert.IsType<MigrationException>(OrdinaryAccount(() => MigrationFolder.Open(Folder, layout)));

        Assert.Equal(
            (
                ExitCodes.Usage,
                $"{PathOf("lost+found")} cannot be looked into, so it is not known whether migrations lie there: Access to the path "
                    + $"'{PathOf("lost+found")}' is denied."),
            (exception.ExitCode, exception.Message.Split('\n')[^1]));
    }

    protected override void Dispose(bool disposing)
    {
        if (!OperatingSystem.IsWindows() && Directory.Exists(PathOf("lost+found")))
        {
            File.SetUnixFileMode(PathOf("lost+found"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        base.Dispose(disposing);
    }

    /// <summary>Linux gives each thread an account of its own for files.</summary>
    private static Exception? OrdinaryAccount(Action open)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return Record.Exception(open);
        }

        _ = SetFileAccount(Nobody);
        try
        {
            return Record.Exception(open);
        }
        finally
        {
            _ = SetFileAccount(0);
        }
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SupportedOSPlatform("linux")]
    private static extern int SetFileAccount(uint account);
}
