using Belay.Settings;

namespace Belay.Storage;

/// <summary>Reads a key from a variable, <c>BACKUP_KEY</c> or <c>RECORD_KEY</c>, or from the file that
/// the variable with <c>_FILE</c> behind it names.</summary>
internal static class BackupKeyReader
{
    private const string Hint = "make a key with: openssl rand -base64 32; keep a copy where the backups are not";
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>More than this is no key, in bytes.</summary>
    private const long Largest = 1 << 10;

    /// <summary>The key; null when none is given, or after a fault.</summary>
    /// <param name="faults">Takes what is wrong with it.</param>
    /// <param name="sources">The variable with the key, and the one with its file.</param>
    public static BackupKey? Read(SettingsInput input, SettingsFaults faults, (Parameter Key, Parameter File) sources)
    {
        var (name, file) = (sources.Key.Variable, sources.File.Variable);
        var (text, path) = (input.Text(sources.Key), input.Text(sources.File));
        if (text is not null && path is not null)
        {
            _ = new Secret(text);
            faults.Add($"{name} and {file} are both set: only one of them may be", "unset one of the two");
            return null;
        }

        return text is not null ? Parse(name, text, faults)
            : path is null ? null
            : ReadFile(
                $"{file} {Path.GetFullPath(path, input.RootFolder)}", Path.GetFullPath(path, input.RootFolder), faults) is { } content
                    ? Parse($"{file} {path}", content, faults)
            : null;
    }

    private static BackupKey? Parse(string name, string text, SettingsFaults faults)
    {
        if (BackupKey.TryParse(text) is { } key)
        {
            return key;
        }

        faults.Add($"{name} is not a key: it must be 32 random bytes in Base64", Hint);
        return null;
    }

    private static string? ReadFile(string name, string path, SettingsFaults faults)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            {
                faults.Add($"{name} can be read or changed by other users", $"chmod 600 {path}");
                return null;
            }

            return new FileInfo(path).Length > Largest ? "" : File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{name} cannot be read: {exception.Message}", Hint);
            return null;
        }
    }
}
