using Belay.Settings;

namespace Belay.Storage;

/// <summary>Reads the key that backups are encrypted with, from <c>BACKUP_KEY</c> or the file that <c>BACKUP_KEY_FILE</c> names.</summary>
internal static class BackupKeyReader
{
    private const string Hint = "make a key with: openssl rand -base64 32; keep a copy where the backups are not";
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>More than this is no key, in bytes.</summary>
    private const long Largest = 1 << 10;

    /// <summary>The key; null when none is given, or after a fault.</summary>
    public static BackupKey? Read(SettingsInput input, SettingsFaults faults)
    {
        var (text, path) = (input.Variable("BACKUP_KEY"), input.Variable("BACKUP_KEY_FILE"));
        if (text is not null && path is not null)
        {
            _ = new Secret(text);
            faults.Add("BACKUP_KEY and BACKUP_KEY_FILE are both set: only one of them may be", "unset one of the two");
            return null;
        }

        return text is not null ? Parse("BACKUP_KEY", text, faults)
            : path is null ? null
            : ReadFile(Path.GetFullPath(path, input.RootFolder), faults) is { } content ? Parse($"BACKUP_KEY_FILE {path}", content, faults)
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

    private static string? ReadFile(string path, SettingsFaults faults)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            {
                faults.Add($"BACKUP_KEY_FILE {path} can be read or changed by other users", $"chmod 600 {path}");
                return null;
            }

            return new FileInfo(path).Length > Largest ? "" : File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"BACKUP_KEY_FILE {path} cannot be read: {exception.Message}", Hint);
            return null;
        }
    }
}
