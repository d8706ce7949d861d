using System.Text.Encodings.Web;
using System.Text.Json;
using Belay.Settings;
using Belay.Storage.Folder;

namespace Belay.Planning;

/// <summary>Writes and reads plans.</summary>
internal static class PlanStore
{
    /// <summary>How plans and what goes into them are written.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // The file is read by people and programs, never put into a page of HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Writes <c>plan.json</c>, and <c>plan.md</c> for whoever approves it.</summary>
    /// <param name="folder">Made when it is missing.</param>
    /// <returns>The path of <c>plan.json</c>.</returns>
    /// <exception cref="IOException">They cannot be written; then there is no page of a plan that is not there.</exception>
    public static async Task<string> WriteAsync(string folder, ReleasePlanFile plan, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var (path, page) = (Path.Combine(folder, "plan.json"), Path.Combine(folder, "plan.md"));
        await WholeFile.WriteAsync(page, Redaction.Apply(PlanPage.Of(plan)), cancellationToken);
        try
        {
            await WholeFile.WriteAsync(path, JsonSerializer.Serialize(plan, Options) + "\n", cancellationToken);
            return path;
        }
        catch
        {
            File.Delete(page);
            throw;
        }
    }

    /// <summary>Reads a plan.</summary>
    /// <exception cref="SettingsException">There is none there, or it is of another format or cut.</exception>
    public static async Task<ReleasePlanFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var plan = JsonSerializer.Deserialize<ReleasePlanFile>(await File.ReadAllTextAsync(path, cancellationToken), Options);
            return plan is not { Format: ReleasePlanFile.CurrentFormat }
                    ? throw Unreadable(path, $"its format is {plan?.Format}, known is {ReleasePlanFile.CurrentFormat}")
                : plan.Files.DistinctBy(file => file?.Name).Count() < plan.Files.Count || plan.Files.Any(file => file?.Name is null)
                    ? throw Unreadable(path, "it names a file twice, or one without a name")
                : plan.Schema?.Any(line => line is null) is true ? throw Unreadable(path, "a line of its schema is null")
                : plan;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Unreadable(path, fault.Message);
        }
    }

    private static SettingsException Unreadable(string path, string why)
        => new(
            $"--plan-file {path} is no plan: {why.TrimEnd('.')}; nothing was touched", "./build.sh PlanRelease writes artifacts/plan.json");
}
