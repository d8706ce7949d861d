using Belay.History;
using Belay.Settings;
using Belay.Sql;

namespace Belay.Recovery;

/// <summary>What a rollback would do and what would be lost.</summary>
internal sealed record RollbackPreview
{
    /// <summary>The newest applied migration.</summary>
    public required AppliedMigration Migration { get; init; }

    /// <summary>The rollback script.</summary>
    public required ScriptSource Source { get; init; }

    /// <summary>The rollback script as statements.</summary>
    public required MigrationScript Script { get; init; }

    /// <summary>The connected database's name.</summary>
    public required string Database { get; init; }

    /// <summary>What would be lost, one line for each column and each table, in the script's order.</summary>
    public required IReadOnlyList<string> Losses { get; init; }

    /// <summary>The migration's number and name.</summary>
    public string Name => Migration.FullName;

    /// <summary>The warning, in lines.</summary>
    public IReadOnlyList<string> Lines =>
    [
        "DANGER: This will drop data. Only use for emergency rollback.",
        "WARNING: Only do this if absolutely necessary and you understand the implications.",
        $"Rollback of {Name}, applied {Quantity.Utc(Migration.AppliedUtc)}, in database {Database}:",
        .. Losses.Count == 0 ? ["  the script drops no table and no column that could be counted"] : Losses,
    ];

    /// <summary>Refuses unless the confirmation is the database's name.</summary>
    /// <param name="confirmation">What was typed after <c>--confirm</c>; null for nothing.</param>
    /// <exception cref="SettingsException">It is something else; nothing was touched.</exception>
    public void Confirm(string? confirmation)
    {
        if (confirmation != Database)
        {
            throw new SettingsException(
                confirmation is null
                    ? $"Rollback of {Name} is not confirmed; nothing was touched"
                    : $"--confirm {confirmation} is not the name of the database, {Database}; nothing was touched",
                $"./build.sh Rollback --confirm {Database}");
        }
    }
}
