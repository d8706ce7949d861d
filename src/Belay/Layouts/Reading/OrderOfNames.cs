using Belay.Sql;

namespace Belay.Layouts.Reading;

/// <summary>Holds numbers to the order in which a tool compares names.</summary>
internal static class OrderOfNames
{
    /// <summary>Adds a fault where a name comes later and its number does not, since the history is ordered by numbers.</summary>
    /// <param name="migrations">The migrations in the order of their names.</param>
    public static void Demand(IReadOnlyList<Migration> migrations, List<string> faults)
    {
        foreach (var (before, after) in migrations.Zip(migrations.Skip(1)).Where(pair => pair.First.Version >= pair.Second.Version))
        {
            faults.Add(
                $"{after.Path} comes after {before.FileName} in the order of names, and before it by its number: give the numbers as many "
                    + "digits as the longest has");
        }
    }
}
