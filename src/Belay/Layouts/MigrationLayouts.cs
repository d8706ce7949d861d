using Belay.History;

namespace Belay.Layouts;

/// <summary>All layouts, and the choice of one.</summary>
internal static class MigrationLayouts
{
    /// <summary>The name that leaves the choice to the files.</summary>
    public const string Automatic = "auto";

    private static readonly BelayLayout Own = MigrationTools.All.Select(tool => tool.Layout).OfType<BelayLayout>().Single();
    private static readonly PlainLayout Plain = MigrationTools.All.Select(tool => tool.Layout).OfType<PlainLayout>().Single();

    public static IReadOnlyList<IMigrationLayout> All { get; } = [.. MigrationTools.All.Select(tool => tool.Layout).OfType<IMigrationLayout>()];

    /// <summary>The names that choose a layout, <see cref="Automatic"/> first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Automatic, .. All.Select(layout => layout.Name)];

    /// <summary>The layout of a name, or the one that the files show.</summary>
    /// <returns>The layout, and how it was recognised; null when it was named or is Belay's own.</returns>
    /// <exception cref="MigrationException">There is no such name, or the files show several layouts, or none.</exception>
    public static (IMigrationLayout Layout, string? Recognition) Choose(LayoutFolder folder, string name)
    {
        if (name != Automatic)
        {
            return (All.FirstOrDefault(layout => layout.Name == name) ?? throw new MigrationException(
                $"--layout {name} is no layout of migrations",
                ExitCodes.Usage,
                $"one of {string.Join(", ", Names)}"), null);
        }

        var claims = All.Where(layout => layout != Own && layout != Plain).Select(layout => (Layout: layout, Evidence: layout.Evidence(folder))).Where(claim => claim.Evidence is not null).ToArray();
        if (claims.Length > 1)
        {
            throw new MigrationException(
                $"The layout of the migrations is ambiguous: {string.Join(", ", claims.Select(claim => $"{claim.Evidence} is {claim.Layout.Name}'s"))}",
                ExitCodes.Usage,
                $"--layout {string.Join('|', claims.Select(claim => claim.Layout.Name))} chooses, or move the files of the others away");
        }

        if (claims is [var claim])
        {
            return (claim.Layout, Sentence(claim.Layout, claim.Evidence!));
        }

        if (!Own.IsCertain(folder) && Plain.Evidence(folder) is { } evidence)
        {
            return (Plain, Sentence(Plain, evidence));
        }

        return Own.Evidence(folder) is null
            ? throw new MigrationException(string.Join('\n', LeftFiles.Of(folder, null)), ExitCodes.Usage, LeftFiles.Hint(folder))
            : (Own, null);
    }

    private static string Sentence(IMigrationLayout layout, string evidence) => $"The migrations are in the layout of {layout.Name}, as {evidence} shows";
}
