using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Sqitch;

/// <summary>
/// <c>sqitch.plan</c> with scripts of the same names in <c>deploy</c>, <c>revert</c> and <c>verify</c>. The version is the change's place in the plan.
/// A script without BEGIN runs outside a transaction when one of its statements must, as psql would run it.
/// </summary>
internal sealed class SqitchLayout : IMigrationLayout
{
    private const string PlanFile = "sqitch.plan";

    public string ExpectedNames => "deploy/name.sql, revert/name.sql and verify/name.sql, and list them in sqitch.plan";

    public string? Evidence(LayoutFolder folder) => folder.Has(PlanFile) ? PlanFile : null;

    public bool Explains(string name) => name.StartsWith("deploy/", StringComparison.Ordinal);

    public IEnumerable<Migration> Read(LayoutFolder folder)
    {
        if (!folder.Has(PlanFile))
        {
            folder.Faults.Add($"{folder.PathOf(PlanFile)} is missing");
        }

        var changes = SqitchPlan.Read(folder.PathOf(PlanFile), folder.Has(PlanFile) ? folder.TextOf(PlanFile) ?? "" : "", folder.Faults);
        foreach (var (change, index) in changes.Select((change, index) => (change, index)))
        {
            var deploy = $"deploy/{change.Script}.sql";
            if (!folder.Has(deploy))
            {
                folder.Faults.Add($"{folder.PathOf(PlanFile)}:{change.Line}: {change.Name} has no script {folder.PathOf(deploy)}");
            }
            else if (folder.Make(deploy, index + 1, change.Name) is { } migration)
            {
                yield return OutsideScript.MarkAny(migration) with
                {
                    Rollback = folder.SourceOf($"revert/{change.Script}.sql"),
                    Verify = folder.SourceOf($"verify/{change.Script}.sql") is { } verify ? verify with { IsAssertion = true } : null,
                };
            }
        }

        LeaveTheRest(folder);
    }

    /// <summary>The plan says what there is to run, and a project may keep tests and other scripts beside it.</summary>
    private static void LeaveTheRest(LayoutFolder folder)
    {
        var left = folder.Left.Select(entry => entry.Name).ToList();
        folder.Remarks.AddRange(left.Where(name => name.StartsWith("deploy/", StringComparison.Ordinal)).Select(name => $"{name} is not in the plan and does not run"));
        left.ForEach(folder.Take);
    }
}
