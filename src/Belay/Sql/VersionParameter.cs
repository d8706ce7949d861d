using Belay.Settings;

namespace Belay.Sql;

/// <summary>Reads a migration's version from a parameter.</summary>
internal static class VersionParameter
{
    /// <summary>A migration's version; null when not given.</summary>
    public static decimal? Version(this ParameterReader read, string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (MigrationVersion.TryParse(text.Trim(), out var version))
        {
            return version;
        }

        read.Refuse(name, text, MigrationVersion.Rule);
        return null;
    }
}
