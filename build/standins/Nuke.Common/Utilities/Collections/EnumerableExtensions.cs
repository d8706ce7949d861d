namespace Nuke.Common.Utilities.Collections;

/// <summary>Loops over a sequence.</summary>
public static class EnumerableExtensions
{
    /// <summary>Calls the action with every item, in order.</summary>
    public static void ForEach<T>(this IEnumerable<T> enumerable, Action<T> action)
    {
        foreach (var item in enumerable)
        {
            action(item);
        }
    }
}
