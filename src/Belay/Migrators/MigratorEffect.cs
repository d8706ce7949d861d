namespace Belay.Migrators;

/// <summary>What a migrator changed, as far as that can be seen from outside.</summary>
internal enum MigratorEffect
{
    /// <summary>The schema was not seen before or after it.</summary>
    Unknown,

    /// <summary>The schema is another one than before.</summary>
    SchemaChanged,

    /// <summary>The schema is as before, and somebody wrote while it ran: the migrator, or another session.</summary>
    SchemaAsBefore,

    /// <summary>The schema is as before, and nobody wrote while it ran: the server gave no transaction a number.</summary>
    Nothing,
}
