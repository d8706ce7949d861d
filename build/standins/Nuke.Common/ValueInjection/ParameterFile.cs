using System.Text.Json;

namespace Nuke.Common.ValueInjection;

/// <summary>A file <c>.nuke/parameters[.profile].json</c>.</summary>
internal sealed class ParameterFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Dictionary<string, IReadOnlyList<string>> values = new(StringComparer.Ordinal);
    private readonly string name;

    private ParameterFile(string name) => this.name = name;

    /// <summary>Reads the file of a profile, or the general one.</summary>
    /// <param name="root">The root folder.</param>
    /// <param name="profile">Null for <c>parameters.json</c>, which may be missing.</param>
    /// <param name="members">The parameters that exist.</param>
    /// <param name="faults">Gets a text for everything that is wrong.</param>
    public static ParameterFile Read(string root, string? profile, IReadOnlyCollection<ParameterMember> members, ICollection<string> faults)
    {
        var file = new ParameterFile(profile is null ? ".nuke/parameters.json" : $".nuke/parameters.{profile}.json");
        var path = Path.Combine(root, file.name);
        if (!File.Exists(path))
        {
            if (profile is not null)
            {
                faults.Add($"Profile '{profile}' needs the file {file.name}, which does not exist in {root}");
            }

            return file;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            file.Read(document.RootElement, members, faults);
        }
        catch (JsonException exception)
        {
            faults.Add($"{file.name} is not valid JSON: {exception.Message}");
        }

        return file;
    }

    /// <summary>What the file gives for a parameter; null for nothing. Relative paths start from the root.</summary>
    public ParameterValue? Find(ParameterMember member, string root)
        => values.TryGetValue(member.Name, out var words) ? new ParameterValue($"{name}: {member.Name}", words, root) : null;

    private static IReadOnlyList<string>? WordsOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [element.GetRawText()],
        JsonValueKind.Array => [.. element.EnumerateArray().Select(item => WordsOf(item) is [var word] ? word : item.GetRawText())],
        _ => null,
    };

    private void Read(JsonElement root, IReadOnlyCollection<ParameterMember> members, ICollection<string> faults)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{name} must hold one object: {{ \"Parameter\": value }}");
            return;
        }

        var allowed = members.Where(member => !member.IsEngine || EngineOptions.AllowedInFile(member.Name)).ToDictionary(member => member.Name, StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject().Where(property => property.Name != "$schema" && property.Value.ValueKind != JsonValueKind.Null))
        {
            if (!allowed.TryGetValue(property.Name, out var member))
            {
                var nearest = Naming.Nearest(property.Name, allowed.Keys);
                faults.Add($"{name}: unknown key '{property.Name}'{(nearest is null ? string.Empty : $"; did you mean '{nearest}'?")}");
            }
            else if (member.IsSecret)
            {
                faults.Add($"{name}: {property.Name} is a secret and must not stand in a file; set {Naming.ToVariable(property.Name)} in the environment");
            }
            else if (WordsOf(property.Value) is { } words)
            {
                values[property.Name] = words;
            }
            else
            {
                faults.Add($"{name}: {property.Name} must be text, a number, true, false or a list of them");
            }
        }
    }
}
