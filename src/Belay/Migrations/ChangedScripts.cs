using Belay.History;
using Belay.Printing;
using Belay.Sql;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Shows which lines of an applied file differ from the text that ran, which the history keeps.</summary>
internal static class ChangedScripts
{
    private const int ShownAtMost = 20;

    /// <summary>The plan, with the changed lines below the fault of each changed file.</summary>
    public static async Task<MigrationPlan> ExplainAsync(
        NpgsqlConnection connection, MigrationPlan plan, IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        if (plan.Faults.Count == 0 || !await HistorySchema.HasAsync(connection, HistorySchema.Migration, cancellationToken))
        {
            return plan;
        }

        var faults = new List<PlanFault>();
        foreach (var fault in plan.Faults)
        {
            var applied = await MigrationHistory.ReadScriptAsync(connection, fault.Version, cancellationToken);
            var file = files.First(file => file.Version == fault.Version);
            faults.Add(
                applied is null ? fault : fault with { Message = string.Join('\n', [fault.Message, .. FirstLines(applied, file.Text)]) });
        }

        return plan with { Faults = faults };
    }

    /// <summary>Every line that was taken out or put in, with its sign.</summary>
    /// <param name="applied">The text that ran.</param>
    public static IReadOnlyList<string> Lines(string applied, string now)
        => [.. InlineDiffBuilder.Diff(applied, now, ignoreWhiteSpace: false).Lines
            .Where(line => line.Type is ChangeType.Deleted or ChangeType.Inserted)
            .Select(line => $"  {(line.Type == ChangeType.Deleted ? '-' : '+')} {SqlPasswords.Mask(line.Text)}")];

    private static IEnumerable<string> FirstLines(string applied, string now)
    {
        var lines = Lines(applied, now);
        return lines.Count <= ShownAtMost
            ? lines
            : [.. lines.Take(ShownAtMost), $"  and {Quantity.Count(lines.Count - ShownAtMost, "more changed line")}"];
    }
}
