using Belay.Postgres;
using Belay.Schema;

namespace Belay.Planning;

/// <summary>What is otherwise now than in the plan that was approved.</summary>
internal static class PlanComparison
{
    /// <summary>Refuses when something is.</summary>
    /// <param name="now">What would run now; nothing of a dry run is looked at.</param>
    /// <param name="path">The plan's file, for the message.</param>
    /// <exception cref="PlanException">Names every difference.</exception>
    public static void Demand(ReleasePlanFile approved, ReleasePlanFile now, string path)
    {
        string[] differences =
        [
            .. Database(approved.Database, now.Database),
            .. Role(approved.Role, now.Role),
            .. Files(approved.Files, now.Files),
            .. Settings(approved, now),
            .. Schema(approved, now),
        ];
        if (differences.Length > 0)
        {
            throw new PlanException(
                $"What would run is not what {path} says, made at {Quantity.Utc(approved.MadeUtc)}; nothing was touched:"
                    + string.Concat(differences.Select(difference => $"\n  {difference}")),
                "./build.sh PlanRelease makes a new plan; have it approved");
        }
    }

    /// <summary>A restore or a move gives a database another identity and leaves its name. Where the role of the plan or of the release may
    /// not read the cluster's identifier, that is left out.</summary>
    private static IEnumerable<string> Database(DatabaseIdentity approved, DatabaseIdentity now)
        => approved with { SystemIdentifier = Known(approved, now) } == now with { SystemIdentifier = Known(now, approved) }
            ? []
            : [$"the database is {now}, and the plan is for {approved}"];

    /// <summary>Another role owns what is made and may do other things, so that it is another release.</summary>
    private static IEnumerable<string> Role(string? approved, string? now)
        => approved is null || approved == now ? [] : [$"the role is {now}, in the plan {approved}"];

    private static string Known(DatabaseIdentity own, DatabaseIdentity other)
        => other.SystemIdentifier == DatabaseReader.UnknownSystem ? other.SystemIdentifier : own.SystemIdentifier;

    private static string[] Files(IReadOnlyList<PlannedFile> approved, IReadOnlyList<PlannedFile> now)
    {
        var (known, found) = (approved.ToDictionary(file => file.Name), now.ToDictionary(file => file.Name));
        string[] changes =
        [
            .. approved.Where(file => !found.ContainsKey(file.Name)).Select(file => $"{file.Name} is in the plan and not pending"),
            .. now.Where(file => !known.ContainsKey(file.Name)).Select(file => $"{file.Name} is pending and not in the plan"),
            .. now.Where(file => known.TryGetValue(file.Name, out var old) && old != file)
                .Select(file => $"{file.Name} has {Parts(known[file.Name], file)} than in the plan"),
        ];
        return changes.Length > 0 || approved.Select(file => file.Name).SequenceEqual(now.Select(file => file.Name))
            ? changes
            : [$"the order is {string.Join(", ", now.Select(file => file.Name))}"];
    }

    private static string Parts(PlannedFile approved, PlannedFile now)
    {
        string?[] parts =
        [
            approved.Sha256 == now.Sha256 ? null : "another text",
            approved.Checks == now.Checks ? null : "other checks",
            approved.Rollback == now.Rollback ? null : "another rollback script",
            approved.IsOutside == now.IsOutside ? null : "another place, in or outside a transaction,",
        ];
        return string.Join(" and ", parts.OfType<string>());
    }

    private static IEnumerable<string> Settings(ReleasePlanFile approved, ReleasePlanFile now)
        => now.Settings.Where(setting => approved.Settings.GetValueOrDefault(setting.Key) != setting.Value)
            .Select(setting =>
                $"{setting.Key} is {setting.Value}, in the plan {approved.Settings.GetValueOrDefault(setting.Key, "not named")}");

    private static IEnumerable<string> Schema(ReleasePlanFile approved, ReleasePlanFile now)
    {
        if (approved.Schema is null || now.Schema is null)
        {
            return approved.Schema is null ? [] : ["the schema cannot be read now, and could when the plan was made"];
        }

        var isKnown = approved.SchemaSha256 is not null && now.SchemaSha256 is not null;
        if (isKnown && approved.SchemaSha256 == now.SchemaSha256)
        {
            return [];
        }

        // The plan's machine may not have known a secret that this one knows.
        var difference = SchemaDifference.Between([.. approved.Schema.Select(Redaction.Apply)], now.Schema);
        return difference.IsEmpty ? isKnown ? ["the schema has changed since, in what is masked"] : []
            : [$"the schema has changed since: {difference.Summary}", .. difference.Shown.Select(line => $"  {line}")];
    }
}
