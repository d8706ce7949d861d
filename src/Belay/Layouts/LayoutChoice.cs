using Belay.History;
using Belay.Layouts.Atlas;
using Belay.Layouts.Own;
using Belay.Layouts.Plain;
using Belay.Layouts.Reading;

namespace Belay.Layouts;

/// <summary>Chooses the layout of a folder.</summary>
internal static class LayoutChoice
{
    /// <summary>The name that leaves the choice to the files.</summary>
    public const string Automatic = "auto";

    /// <summary>The names that choose a layout, <see cref="Automatic"/> first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Automatic, .. MigrationTools.WithLayout.Select(tool => tool.Name)];

    /// <summary>The tool of a name, or the one whose files the folder shows.</summary>
    /// <returns>The tool, and how it was recognised; null when it was named or is Belay itself.</returns>
    /// <exception cref="MigrationException">There is no such name, or the files show several layouts, or none.</exception>
    public static (MigrationTool Tool, string? Recognition) Choose(LayoutFolder folder, string name)
    {
        if (name != Automatic)
        {
            return (MigrationTools.WithLayout.FirstOrDefault(tool => tool.Name == name) ?? throw new MigrationException(
                $"--layout {name} is no layout of migrations",
                ExitCodes.Usage,
                $"one of {string.Join(", ", Names)}"), null);
        }

        var claims = MigrationTools.WithLayout.Where(tool => tool != OwnTool.Tool && tool != PlainTool.Tool)
            .Select(tool => (Tool: tool, Evidence: tool.Layout!.Evidence(folder)))
            .Where(claim => claim.Evidence is not null)
            .ToArray();
        return WithoutAtlas(claims) switch
        {
            [] => Numbered(folder),
            [var (tool, evidence)] => (tool, Sentence(tool, evidence!)),
            var several => throw new MigrationException(
                "The layout of the migrations is ambiguous: "
                    + $"{string.Join(", ", several.Select(claim => $"{claim.Evidence} is {claim.Tool.Name}'s"))}",
                ExitCodes.Usage,
                $"--layout {string.Join('|', several.Select(claim => claim.Tool.Name))} chooses, or move the files of the others away"),
        };
    }

    /// <summary>Atlas writes files for other tools too, with its own record beside them.</summary>
    private static (MigrationTool Tool, string? Evidence)[] WithoutAtlas((MigrationTool Tool, string? Evidence)[] claims)
        => claims.Length > 1 ? [.. claims.Where(claim => claim.Tool != AtlasTool.Tool)] : claims;

    /// <summary>What shows no other tool is Belay's own, or plain.</summary>
    private static (MigrationTool Tool, string? Recognition) Numbered(LayoutFolder folder)
    {
        if (!BelayLayout.IsCertain(folder) && PlainTool.Tool.Layout!.Evidence(folder) is { } evidence)
        {
            return (PlainTool.Tool, Sentence(PlainTool.Tool, evidence));
        }

        return OwnTool.Tool.Layout!.Evidence(folder) is null
            ? throw new MigrationException(
                string.Join('\n', LeftFiles.Of(folder, null).Concat(folder.Unreadable)), ExitCodes.Usage, LeftFiles.Hint(folder))
            : (OwnTool.Tool, null);
    }

    private static string Sentence(MigrationTool tool, string evidence)
        => $"The migrations are in the layout of {tool.Name}, as {evidence} shows";
}
