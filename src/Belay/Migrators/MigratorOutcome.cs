namespace Belay.Migrators;

/// <summary>What became of a migrator that succeeded.</summary>
/// <param name="Command">Its command, with secrets masked.</param>
/// <param name="Duration">How long it ran.</param>
internal sealed record MigratorOutcome(string Command, TimeSpan Duration)
{
    /// <summary>What it changed, as far as that can be seen from outside.</summary>
    public MigratorEffect Effect { get; init; }

    /// <summary>The effect for people; null when the schema changed or was not seen.</summary>
    public string? Unchanged => Effect switch
    {
        MigratorEffect.Nothing => "Nothing changed: the migrator wrote nothing into the database",
        MigratorEffect.SchemaAsBefore => "Nothing changed in the schema; whether rows changed, only the migrator knows",
        _ => null,
    };
}
