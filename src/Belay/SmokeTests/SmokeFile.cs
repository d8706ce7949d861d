using System.Text.Json;
using System.Text.Json.Serialization;
using Belay.Settings;

namespace Belay.SmokeTests;

/// <summary>Reads a file with further smoke tests: a JSON array of objects.</summary>
internal static class SmokeFile
{
    private const string Hint = "docs/adopting.md, \"Several smoke tests\", has an example";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>The tests of the file that the input names; none where it names none.</summary>
    /// <param name="readOne">Reads one test from what a run would have been told that has it alone.</param>
    public static IReadOnlyList<SmokeSettings> Read(
        SettingsInput input, Func<SettingsInput, SettingsFaults, SmokeSettings?> readOne, SettingsFaults faults)
    {
        if (input.Text(SmokeParameters.SmokeFile) is not { } file)
        {
            return [];
        }

        var entries = faults.Collect(() => Entries(file, input.RootFolder)) ?? [];
        foreach (var twice in entries.GroupBy(entry => entry.Name).Where(group => group.Count() > 1))
        {
            faults.Add($"{file} has {twice.Count()} tests with the name \"{twice.Key}\"", Hint);
        }

        return [.. entries.Select(entry => faults.Collect(() => ReadOne((file, entry), input, readOne))).OfType<SmokeSettings>()];
    }

    private static SmokeSettings ReadOne(
        (string File, SmokeEntry Entry) place, SettingsInput input, Func<SettingsInput, SettingsFaults, SmokeSettings?> readOne)
    {
        try
        {
            var faults = new SettingsFaults();
            var settings = readOne(place.Entry.Alone(input), faults);
            faults.ThrowIfAny(Hint);
            return settings! with { Name = place.Entry.Name };
        }
        catch (SettingsException fault)
        {
            throw new SettingsException([.. fault.Faults.Select(text => $"{place.File}, \"{place.Entry.Name}\": {text}")], fault.Hint);
        }
    }

    private static SmokeEntry[] Entries(string file, string rootFolder)
    {
        try
        {
            using var stream = File.OpenRead(Path.GetFullPath(file, rootFolder));
            return JsonSerializer.Deserialize<SmokeEntry?[]>(stream, Options) is [_, ..] entries
                ? [.. entries.Select(entry => Whole(file, entry))]
                : throw new SettingsException($"--smoke-file {file} has no test in it", Hint);
        }
        catch (Exception exception)
            when (exception is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new SettingsException($"--smoke-file {file} cannot be read: {exception.Message}", Hint);
        }
    }

    private static SmokeEntry Whole(string file, SmokeEntry? entry)
    {
        _ = (entry ?? throw new SettingsException($"--smoke-file {file} has a test that is null", Hint)).ReadBody();
        return entry;
    }
}
