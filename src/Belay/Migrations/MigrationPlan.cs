using Belay.History;
using Belay.Sql;
using Belay.Verification;

namespace Belay.Migrations;

/// <summary>Which migrations are to run, and what speaks against running any.</summary>
/// <param name="Pending">The migrations to run, in order.</param>
/// <param name="Faults">Reasons to refuse the whole release; empty when it may run.</param>
/// <param name="Warnings">What is odd but stops nothing, one line each.</param>
internal sealed record MigrationPlan(
    IReadOnlyList<Migration> Pending, IReadOnlyList<PlanFault> Faults, IReadOnlyList<string> Warnings)
{
    /// <summary>Compares the files with the history. Touches neither.</summary>
    /// <param name="files">The migrations of the folder, ordered by version.</param>
    /// <param name="settings">Target version and order policy.</param>
    /// <param name="serverMajor">The server's major version, where it is known; older servers allow less inside a transaction.</param>
    public static MigrationPlan Make(
        IReadOnlyList<Migration> files, IReadOnlyList<AppliedMigration> applied, MigrationSettings settings, int serverMajor = int.MaxValue)
    {
        var history = applied.Where(row => !row.IsRepeatable).ToDictionary(row => row.Version);
        var newest = history.Count == 0 ? decimal.MinValue : history.Keys.Max();
        var pending = files.Where(
            file => file.IsRepeatable
                ? !applied.Any(row => row.IsOf(file) && row.Sha256 == file.Sha256)
                : !history.ContainsKey(file.Version)).ToArray();
        var wanted = Wanted(pending, settings.TargetVersion);
        var faults = ChangedFaults(files, history).ToList();
        if (!settings.AllowOutOfOrder)
        {
            faults.AddRange(wanted.Where(file => !file.IsRepeatable && file.Version < newest).Select(file => Late(file, newest)));
        }

        faults.AddRange(wanted.SelectMany(file => ScriptFaults(file, serverMajor)));
        faults.AddRange(settings.RequireChecks ? wanted.Where(file => !HasChecks(file)).Select(Unchecked) : []);
        return new MigrationPlan(wanted, faults, [.. Oddities(files, applied), .. wanted.Where(IsEmpty).Select(Empty)]);
    }

    /// <summary>Repeatable migrations wait until no versioned one is held back: they may need what it makes.</summary>
    private static Migration[] Wanted(Migration[] pending, decimal? target)
    {
        var wanted = pending.Where(file => file.IsRepeatable || target is null || file.Version <= target).ToArray();
        return wanted.Length == pending.Length ? wanted : [.. wanted.Where(file => !file.IsRepeatable)];
    }

    private static IEnumerable<PlanFault> ChangedFaults(IReadOnlyList<Migration> files, Dictionary<decimal, AppliedMigration> history)
        => from file in files
           where !file.IsRepeatable && history.TryGetValue(file.Version, out var row) && row.Sha256 != file.Sha256
           select new PlanFault(
               $"{file.Path} was changed after it was applied on {Quantity.Utc(history[file.Version].AppliedUtc)}: "
               + $"its SHA-256 is {file.Sha256}, applied was {history[file.Version].Sha256}",
               "put the applied text back and write a new migration for the change; if the change is right although another text ran, "
               + $"./build.sh Repair --migration-version {file.Version} --reason \"…\" accepts this one file",
               file.Version);

    private static IEnumerable<PlanFault> ScriptFaults(Migration file, int serverMajor)
        => file is { IsRepeatable: true, Directives.NoTransaction: true }
            ? [
                new PlanFault(
                    $"{file.Path} asks for no transaction, but a repeatable migration runs in one",
                    "make a versioned migration of it",
                    file.Version),
            ]
            : MigrationScript.Read(file.Text, file.Directives.NoTransaction, serverMajor).Faults
                .Select(fault => new PlanFault($"{file.Path}:{fault.Line}:{fault.Column}: {fault.Message}", fault.Hint, file.Version));

    /// <summary>A file of checks that cannot be read is a fault of its own, and not one of having none.</summary>
    private static bool HasChecks(Migration file)
    {
        try
        {
            return file.Verify is { } source && CheckFile.Read([source]).Any(check => check.Kind.CanFail);
        }
        catch (CheckFileException)
        {
            return true;
        }
    }

    private static bool IsEmpty(Migration file)
        => MigrationScript.Read(file.Text, file.Directives.NoTransaction) is { Statements.Count: 0, Faults.Count: 0 };

    private static string Empty(Migration file) => $"{file.FileName} has no statement: it changes nothing and will be recorded as applied";

    private static PlanFault Unchecked(Migration file) => new(
        $"{file.Path} has no check that expects something, and --require-checks asks for one",
        file.Verify is { } checks
            ? $"write what must hold into {checks.FileName}, or leave --require-checks away"
            : $"write what must hold into {Path.ChangeExtension(file.FileName, ".verify.sql")}, or leave --require-checks away",
        file.Version);

    private static PlanFault Late(Migration file, decimal newest) => new(
        $"{file.Path} sorts before migration {newest}, which is applied already",
        $"give it a number above {newest}, or run it late on purpose with --allow-out-of-order",
        file.Version);

    private static IEnumerable<string> Oddities(IReadOnlyList<Migration> files, IReadOnlyList<AppliedMigration> applied)
    {
        foreach (var row in applied)
        {
            if (files.FirstOrDefault(row.IsOf) is not { } file)
            {
                yield return $"{(row.IsRepeatable ? "Repeatable migration" : $"Migration {row.Version}")} ({row.Name}) is in the history, "
                    + "but its file is not in the folder";
            }
            else if (file.Name != row.Name)
            {
                yield return $"{file.FileName} was applied under the name {row.Name}";
            }
        }
    }
}
