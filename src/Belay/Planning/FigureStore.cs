using System.Text.Json;
using Belay.Storage.Folder;

namespace Belay.Planning;

/// <summary>Keeps the figures of the last rehearsal in a file beside the release records.</summary>
internal static class FigureStore
{
    private const string Name = "rehearsal.json";

    /// <summary>Writes them over those of the rehearsal before.</summary>
    /// <param name="folder">Made when it is missing.</param>
    /// <param name="output">Takes a warning when they cannot be written: the rehearsal is as it was all the same.</param>
    public static async Task WriteAsync(
        string folder, RehearsedFigures figures, IReleaseOutput output, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var masked = figures with
            {
                Lines = [.. figures.Lines.Select(Redaction.Apply)],
                Refusal = figures.Refusal is { } refusal ? Redaction.Apply(refusal) : null,
            };
            var text = JsonSerializer.Serialize(masked, PlanStore.Options) + "\n";
            await WholeFile.WriteAsync(Path.Combine(folder, Name), text, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            output.Warn($"The figures of the rehearsal could not be written into {folder}, so that no plan has them: {fault.Message}");
        }
    }

    /// <summary>The figures of the last rehearsal; null when there are none that can be read.</summary>
    public static async Task<RehearsedFigures?> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(Path.Combine(folder, Name), cancellationToken);
            var figures = JsonSerializer.Deserialize<RehearsedFigures>(text, PlanStore.Options);
            return figures?.Lines.Any(line => line is null) is true ? null : figures;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
