namespace Build.Tests.Bootstrap;

/// <summary>Writes programs that stand in for real ones on PATH.</summary>
internal static class ShellProgram
{
    /// <summary>Writes a script that may be executed.</summary>
    public static void Write(string folder, string name, string text)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
