using Belay.Migrations.Sql;
using Belay.Settings;

namespace Belay.Migrations;

/// <summary>Which migrations are to run, and what speaks against running any.</summary>
/// <param name="Pending">The migrations to run, in order.</param>
/// <param name="Held">Pending ones after the target version, which stay pending.</param>
/// <param name="Faults">Reasons to refuse the whole release; empty when it may run.</param>
/// <param name="Warnings">What is odd but stops nothing, one line each.</param>
public sealed record MigrationPlan(
    IReadOnlyList<Migration> Pending, IReadOnlyList<Migration> Held, IReadOnlyList<PlanFault> Faults, IReadOnlyList<string> Warnings)
{
    /// <summary>Compares the files with the history. Touches neither.</summary>
    /// <param name="files">The migrations of the folder, ordered by version.</param>
    /// <param name="applied">The history.</param>
    /// <param name="settings">Target version and order policy.</param>
    /// <param name="serverMajor">The server's major version, where it is known; older servers allow less inside a transaction.</param>
    public static MigrationPlan Make(
        IReadOnlyList<Migration> files, IReadOnlyList<AppliedMigration> applied, MigrationSettings settings, int serverMajor = int.MaxValue)
    {
        var history = applied.ToDictionary(migration => migration.Version);
        var newest = applied.Count == 0 ? long.MinValue : applied.Max(migration => migration.Version);
        var pending = files.Where(file => !history.ContainsKey(file.Version)).ToArray();
        var wanted = pending.Where(file => settings.TargetVersion is not { } target || file.Version <= target).ToArray();
        var faults = ChangedFaults(files, history).ToList();
        if (!settings.AllowOutOfOrder)
        {
            faults.AddRange(wanted.Where(file => file.Version < newest).Select(file => Late(file, newest)));
        }

        faults.AddRange(wanted.SelectMany(file => ScriptFaults(file, serverMajor)));
        return new MigrationPlan(wanted, [.. pending.Except(wanted)], faults, [.. Oddities(files, applied)]);
    }

    private static IEnumerable<PlanFault> ChangedFaults(IReadOnlyList<Migration> files, Dictionary<long, AppliedMigration> history)
        => from file in files
           where history.TryGetValue(file.Version, out var row) && row.Sha256 != file.Sha256
           select new PlanFault(
               $"{file.Path} was changed after it was applied on {Quantity.Utc(history[file.Version].AppliedUtc)}: "
               + $"its SHA-256 is {file.Sha256}, applied was {history[file.Version].Sha256}",
               "put the applied text back and write a new migration for the change; if the change is right although another text ran, "
               + $"./build.sh Repair --version {file.Version} --reason \"…\" accepts this one file",
               file.Version);

    private static IEnumerable<PlanFault> ScriptFaults(Migration file, int serverMajor)
        => MigrationScript.Read(file.Text, file.Directives.NoTransaction, serverMajor).Faults
            .Select(fault => new PlanFault($"{file.Path}:{fault.Line}:{fault.Column}: {fault.Message}", fault.Hint, file.Version));

    private static PlanFault Late(Migration file, long newest) => new(
        $"{file.Path} sorts before migration {newest}, which is applied already",
        $"give it a number above {newest}, or run it late on purpose with --allow-out-of-order",
        file.Version);

    private static IEnumerable<string> Oddities(IReadOnlyList<Migration> files, IReadOnlyList<AppliedMigration> applied)
    {
        var byVersion = files.ToDictionary(file => file.Version);
        foreach (var row in applied)
        {
            if (!byVersion.TryGetValue(row.Version, out var file))
            {
                yield return $"Migration {row.Version} ({row.Name}) is in the history, but its file is not in the folder";
            }
            else if (file.Name != row.Name)
            {
                yield return $"{file.FileName} was applied under the name {row.Name}";
            }
        }
    }
}
