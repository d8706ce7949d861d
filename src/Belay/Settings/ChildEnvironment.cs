using System.Collections;
using CliWrap;

namespace Belay.Settings;

/// <summary>What a program that Belay starts learns of this process's environment: variables may hold addresses,
/// keys and passwords of others.</summary>
public static class ChildEnvironment
{
    /// <summary>What any program needs to run at all: where things are, who runs it, language and time zone.</summary>
    private static readonly HashSet<string> Needed = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "PWD", "TMPDIR", "TEMP", "TMP", "LANG", "LANGUAGE", "TZ", "TZDIR", "TERM",
        "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "OPENSSL_CONF", "OPENSSL_MODULES", "KRB5CCNAME", "KRB5_CONFIG", "KRB5_CLIENT_KTNAME", "PG_COLOR",
        "SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "USERPROFILE", "USERNAME", "APPDATA", "LOCALAPPDATA", "ProgramData",
        "ProgramFiles", "ProgramFiles(x86)", "CommonProgramFiles", "PROCESSOR_ARCHITECTURE", "NUMBER_OF_PROCESSORS",
    };

    /// <summary>A variable of libpq steers the program as it steers Belay's own connection; the caller
    /// sets or removes the others.</summary>
    private static readonly string[] LibraryPasswords = ["PGPASSWORD", "PGPASSFILE"];

    /// <summary>The address with the owner's password; a migrator is given it on purpose.</summary>
    private const string DatabaseAddress = "DATABASE_URL";

    /// <summary>Belay's own variables, those of the stores' SDKs, and what a machine's identity is read from.</summary>
    private static readonly string[] OwnPrefixes =
    [
        "BACKUP_", "RECORD_", "SMOKE_", "WEBHOOK_", "AWS_", "AZURE_", "IDENTITY_", "MSI_", "ACTIONS_ID_TOKEN_",
    ];

    /// <summary>A program of PostgreSQL or of the system, which gets what any program needs, <c>LC_*</c>, and what
    /// <paramref name="variables"/> say.</summary>
    /// <param name="variables">Variables besides; null takes one away.</param>
    /// <returns>A command that does not throw for another exit code than 0.</returns>
    public static Command Program(string path, IReadOnlyDictionary<string, string?>? variables = null)
        => Cli.Wrap(path)
            .WithEnvironmentVariables(Only(variables ?? new Dictionary<string, string?>()))
            .WithValidation(CommandResultValidation.None);

    /// <summary>Another's program, for example npm, which gets all of the environment but Belay's own secrets.</summary>
    /// <param name="variables">Variables besides; null takes one away.</param>
    /// <returns>A command that does not throw for another exit code than 0.</returns>
    public static Command Guest(string path, IReadOnlyDictionary<string, string?>? variables = null)
        => Cli.Wrap(path)
            .WithEnvironmentVariables(WithoutOwn(variables ?? new Dictionary<string, string?>()))
            .WithValidation(CommandResultValidation.None);

    /// <summary>The variables to set for a program that gets what it needs and no more; null takes one away.</summary>
    /// <param name="variables">Variables besides, which come first.</param>
    public static Dictionary<string, string?> Only(IReadOnlyDictionary<string, string?> variables)
        => Without(name => !IsNeeded(name), variables);

    /// <summary>The variables to set for another's program, which gets all of the environment but Belay's own secrets;
    /// null takes one away.</summary>
    /// <param name="variables">Variables besides, which come first.</param>
    public static Dictionary<string, string?> WithoutOwn(IReadOnlyDictionary<string, string?> variables)
        => Without(IsOwn, variables);

    internal static bool IsNeeded(string name)
        => Needed.Contains(name)
            || name.StartsWith("LC_", StringComparison.Ordinal)
            || LibraryPasswords.Contains(name, StringComparer.Ordinal);

    internal static bool IsOwn(string name)
        => name == DatabaseAddress || OwnPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, string?> Without(Func<string, bool> isWithheld, IReadOnlyDictionary<string, string?> variables)
    {
        var all = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key)
            .Where(isWithheld).ToDictionary(name => name, string? (_) => null, StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            all[name] = value;
        }

        return all;
    }
}
