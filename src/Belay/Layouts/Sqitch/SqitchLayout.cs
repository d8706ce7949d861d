using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Sqitch;

/// <summary>
/// <c>sqitch.plan</c> with scripts of the same names in <c>deploy</c>, <c>revert</c> and <c>verify</c>.
/// The version is the change's place in the plan. A script without BEGIN runs outside a transaction when
/// one of its statements must, as psql would run it.
/// </summary>
internal sealed class SqitchLayout : IMigrationLayout
{
    private const string PlanFile = "sqitch.plan";

    public string ExpectedNames => "deploy/name.sql, revert/name.sql and verify/name.sql, and list them in sqitch.plan";

    public string? Evidence(LayoutFolder folder) => folder.Has(PlanFile) ? PlanFile : null;

    public bool Explains(string name) => name.StartsWith("deploy/", StringComparison.Ordinal);

    public string WayBackOf(string file)
        => file.StartsWith("deploy/", StringComparison.Ordinal) ? $"revert/{file["deploy/".Length..]}" : WayBackPlace.Of(file);

    public IEnumerable<Migration> Read(LayoutFolder folder)
    {
        if (!folder.Has(PlanFile))
        {
            folder.Faults.Add($"{folder.PathOf(PlanFile)} is missing");
        }

        var changes = SqitchPlan.Read(folder.PathOf(PlanFile), folder.Has(PlanFile) ? folder.TextOf(PlanFile) ?? "" : "", folder.Faults);
        foreach (var (change, index) in changes.Select((change, index) => (change, index)))
        {
            if (First(folder, "deploy", change) is not { } deploy)
            {
                var places = string.Join(" or ", change.Scripts.Select(script => folder.PathOf($"deploy/{script}.sql")));
                folder.Faults.Add($"{folder.PathOf(PlanFile)}:{change.Line}: {change.Name} has no script {places}");
            }
            else if (folder.Make(deploy, index + 1, change.Name) is { } migration)
            {
                yield return OutsideScript.MarkAny(migration) with
                {
                    IsReworked = change.ReworkTags is not null,
                    Rollback = First(folder, "revert", change) is { } revert && folder.SourceOf(revert) is { } back
                        ? back with { NoTransaction = OutsideScript.IsAny(back.Text) }
                        : null,
                    Verify = First(folder, "verify", change) is { } check && folder.SourceOf(check) is { } verify
                        ? verify with { IsAssertion = true }
                        : null,
                };
            }
        }

        LeaveTheRest(folder);
    }

    /// <summary>The plan says what there is to run, and a project may keep tests and other scripts beside it.</summary>
    private static void LeaveTheRest(LayoutFolder folder)
    {
        var left = folder.Left.Select(entry => entry.Name).ToList();
        folder.Remarks.AddRange(
            left.Where(name => name.StartsWith("deploy/", StringComparison.Ordinal))
                .Select(name => $"{name} is not in the plan and does not run"));
        left.ForEach(folder.Take);
    }

    private static string? First(LayoutFolder folder, string part, SqitchChange change)
        => change.Scripts.Select(script => $"{part}/{script}.sql").FirstOrDefault(folder.Has);
}
