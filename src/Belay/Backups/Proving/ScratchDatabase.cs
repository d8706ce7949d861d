using Belay.Backups.Catalogue;
using Belay.Postgres;
using Npgsql;

namespace Belay.Backups.Proving;

/// <summary>Makes the empty database that a backup is restored into, like the one that was dumped.</summary>
internal static class ScratchDatabase
{
    private static readonly DatabaseDefinition Plain = new()
    {
        Owner = "",
        Encoding = "UTF8",
        Collation = "C",
        CharacterType = "C",
        Tablespace = "pg_default",
    };

    /// <summary>Creates it with encoding and locale of the original.</summary>
    /// <returns>What it is like, for the manifest; with the reason where this machine lacks the locale and another stands in.</returns>
    public static async Task<string> CreateAsync(
        NpgsqlConnection connection, string name, DatabaseDefinition? definition, CancellationToken cancellationToken)
    {
        var wanted = definition ?? Plain;
        try
        {
            await connection.ExecuteAsync(DatabaseCommands.Create(wanted, name), cancellationToken);
            return $"database with encoding and locale of the original: {Describe(wanted)}";
        }
        catch (PostgresException fault) when (definition is not null && IsOfLocale(fault))
        {
            await connection.ExecuteAsync(DatabaseCommands.Create(Plain with { Encoding = wanted.Encoding }, name), cancellationToken);
            return $"database with {wanted.Encoding} and locale C, because this machine has not {Describe(wanted)}: {fault.MessageText}";
        }
    }

    private static string Describe(DatabaseDefinition definition) => string.Join(", ", [
        definition.Encoding,
        definition.Collation,
        .. definition.CharacterType == definition.Collation ? [] : new[] { definition.CharacterType },
        .. definition.Locale is { } locale ? new[] { $"{definition.LocaleProvider} {locale}" } : [],
    ]);

    /// <summary>Anything but a server in distress: classes 53 (resources), 57 (intervention), 58 (system) and 08 (connection).</summary>
    private static bool IsOfLocale(PostgresException fault) => fault.SqlState[..2] is not ("53" or "57" or "58" or "08");
}
