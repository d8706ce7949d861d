using Belay.Sql;

namespace Belay.Preflight;

/// <summary>Which pending migrations have a way back that nobody has tried, or none.</summary>
internal static class RollbackFindings
{
    private const int Shown = 5;

    /// <summary>One finding for all, none when every rollback script is rehearsed in this run, and one for each script that could not be
    /// run as it is written. It stops nothing: the migration itself may be as it should.</summary>
    /// <param name="isRehearsed">Whether the run tries the scripts on a copy first.</param>
    public static IEnumerable<Finding> Of(IReadOnlyList<Migration> pending, bool isRehearsed)
    {
        var versioned = pending.Where(migration => !migration.IsRepeatable).ToList();
        var untried = isRehearsed ? [] : versioned.Where(migration => migration.HasWayBack).ToList();
        var missing = versioned.Where(migration => !migration.HasWayBack).ToList();
        List<string> parts =
        [
            .. untried.Count == 0 ? Array.Empty<string>() : [$"rollback scripts not rehearsed in this run: {Names(untried)}"],
            .. missing.Count == 0 ? Array.Empty<string>() : [$"no rollback script, so that the way back is a restore: {Names(missing)}"],
        ];
        if (parts.Count > 0)
        {
            yield return new Finding(
                FindingSeverity.Warning,
                $"The way back of what is pending: {string.Join("; ", parts)}",
                untried.Count > 0 ? "./build.sh Migrate --rehearse tries the scripts on a copy first" : null);
        }

        var scripts = versioned.Select(migration => migration.Rollback).OfType<ScriptSource>();
        foreach (var unreadable in scripts.SelectMany(Unreadable).Take(Shown))
        {
            yield return unreadable;
        }
    }

    private static IEnumerable<Finding> Unreadable(ScriptSource script)
        => MigrationScript.Read(script.Text, script.NoTransaction).Faults.Take(1).Select(fault => new Finding(
            FindingSeverity.Warning,
            $"Rollback would refuse its script: {script.Path}:{fault.Line}:{fault.Column}: {fault.Message}",
            fault.Hint));

    private static string Names(List<Migration> migrations)
        => string.Join(", ", migrations.Take(Shown).Select(migration => migration.FileName))
            + (migrations.Count > Shown ? $" and {migrations.Count - Shown} more" : "");
}
