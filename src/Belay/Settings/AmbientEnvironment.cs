using System.Collections;

namespace Belay.Settings;

/// <summary>Takes libpq's variables out of the process, so that only the target's address steers a connection.</summary>
/// <remarks>Npgsql and the PostgreSQL programs read PGSSLMODE, PGOPTIONS, PGTZ and more; a release must
/// not depend on a forgotten one.</remarks>
internal static class AmbientEnvironment
{
    private static readonly string[] Kept = ["PGPASSWORD", "PGPASSFILE"];

    /// <summary>Removes every PG* variable except PGPASSWORD and PGPASSFILE; PG_BIN and PG_COLOR are no
    /// variables of libpq and stay.</summary>
    /// <returns>The names removed, in order.</returns>
    public static IReadOnlyList<string> Clear()
    {
        var names = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key)
            .Where(Steers).Order(StringComparer.Ordinal).ToList();
        names.ForEach(name => Environment.SetEnvironmentVariable(name, null));
        return names;
    }

    /// <summary>Whether a variable steers libpq or Npgsql.</summary>
    internal static bool Steers(string name)
        => name.StartsWith("PG", StringComparison.Ordinal)
            && name.Length > 2
            && name[2..].All(char.IsAsciiLetterUpper)
            && !Kept.Contains(name);
}
