using System.Text.Json;
using Belay.Reporting;

namespace Belay.Releases.Recording;

/// <summary>A note beside a record of this machine that the store does not have yet.</summary>
/// <param name="Store">The store as people may see it.</param>
/// <param name="Database">The database's name, without its server.</param>
/// <param name="Reason">Why it could not be stored.</param>
internal sealed record UnstoredRecord(string Store, string Database, string Reason)
{
    private const string Ending = ".unstored";

    /// <summary>The notes of a folder, oldest first.</summary>
    public static IReadOnlyList<string> In(string folder)
        => Directory.Exists(folder) ? [.. Directory.GetFiles(folder, $"release-*{Ending}").Order(StringComparer.Ordinal)] : [];

    /// <summary>Leaves the note beside a record.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public async Task LeaveAsync(string json, CancellationToken cancellationToken)
        => await File.WriteAllTextAsync(
            Path.ChangeExtension(json, Ending), JsonSerializer.Serialize(this, ReleaseJson.Options), cancellationToken);

    /// <summary>Reads a note; null when it is none.</summary>
    public static async Task<UnstoredRecord?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<UnstoredRecord>(await File.ReadAllTextAsync(file, cancellationToken), ReleaseJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The file of the record that a note is of.</summary>
    public static string RecordOf(string file) => Path.ChangeExtension(file, ".json");
}
