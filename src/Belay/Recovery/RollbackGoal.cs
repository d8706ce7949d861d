using Belay.History;
using Belay.Settings;
using Belay.Sql;

namespace Belay.Recovery;

/// <summary>How far a rollback goes.</summary>
/// <param name="To">The version that stays the newest one; 0 for none; null for the one before the newest.</param>
internal sealed record RollbackGoal(decimal? To)
{
    private const int Shown = 10;

    /// <summary>The newest migration alone.</summary>
    public static RollbackGoal Newest { get; } = new((decimal?)null);

    /// <summary>Reads what was typed after <c>--to</c>.</summary>
    /// <exception cref="SettingsException">It is no version.</exception>
    public static RollbackGoal Read(string? text) => text is null ? Newest
        : MigrationVersion.TryParse(text.Trim(), out var version) ? new(version)
        : throw new SettingsException(
            $"--to {text} is no version of a migration: {MigrationVersion.Rule}; nothing was touched",
            "./build.sh Status lists the versions; --to 0 takes all of them back");

    /// <summary>The migrations to take back, newest first; empty when the database stands there already.</summary>
    /// <param name="applied">The versioned migrations of the history.</param>
    /// <exception cref="SettingsException">There is no such version to go back to.</exception>
    public IReadOnlyList<AppliedMigration> Choose(IReadOnlyList<AppliedMigration> applied)
    {
        if (applied.Count == 0)
        {
            throw new SettingsException("No migration is applied, so there is nothing to roll back", "./build.sh Status");
        }

        var newestFirst = applied.OrderByDescending(migration => migration.Version).ToList();
        if (To is not { } version)
        {
            return newestFirst[..1];
        }

        if (version > newestFirst[0].Version)
        {
            throw new SettingsException(
                $"--to {version} is newer than the newest applied migration, {newestFirst[0].FullName}; nothing was touched",
                "./build.sh Migrate --target-version goes forward; ./build.sh Status lists the versions");
        }

        if (version != 0 && newestFirst.All(migration => migration.Version != version))
        {
            var names = string.Join(", ", newestFirst.Take(Shown).Select(migration => migration.FullName));
            throw new SettingsException(
                $"--to {version}: no migration of that version is applied, so nobody can go back to it; nothing was touched. Applied, "
                    + $"newest first: {names}{(newestFirst.Count > Shown ? $" and {newestFirst.Count - Shown} more" : "")}",
                "./build.sh Status lists the versions; --to 0 takes all of them back");
        }

        return [.. newestFirst.TakeWhile(migration => migration.Version > version || (version == 0 && !IsZeroApplied(applied)))];
    }

    private static bool IsZeroApplied(IReadOnlyList<AppliedMigration> applied) => applied.Any(migration => migration.Version == 0);
}
