using System.Text.Json;
using Belay.Settings;

namespace Belay.Arguments;

/// <summary>A file like <c>.nuke/parameters[.profile].json</c>: an object with parameters by their keys.</summary>
/// <param name="parameters">The parameters that exist.</param>
/// <param name="targets">The targets that exist, to tell one that was taken for a profile.</param>
/// <param name="options">The host's own options, which know whether a key may be another's.</param>
/// <param name="faults">Takes what is wrong.</param>
internal sealed class ParameterFile(
    IReadOnlyList<Parameter> parameters, IReadOnlyList<string> targets, OptionSet options, SettingsFaults faults)
{
    private const string Schema = "$schema";
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private readonly Dictionary<string, GivenText> given = [];
    private string? unknownKeyHint;

    /// <summary>The parameters' texts, by name.</summary>
    public IReadOnlyDictionary<string, GivenText> Given => given;

    /// <summary>Reads a file.</summary>
    /// <param name="sources">Where the files are.</param>
    /// <param name="profile">The profile; null for the general file, which may be missing.</param>
    public void Read(ArgumentSources sources, string? profile)
    {
        unknownKeyHint = sources.UnknownKeyHint;
        var name = profile is null ? $"{sources.ParametersFile}.json" : $"{sources.ParametersFile}.{profile}.json";
        var path = Path.Combine(sources.RootFolder, name);
        if (!File.Exists(path))
        {
            if (profile is not null)
            {
                var target = Names.Near(profile, targets);
                faults.Add(
                    $"--profile {profile} needs the file {name}, which does not exist in {sources.RootFolder}"
                        + (target is null ? "" : $"; did you mean the target {target}?"),
                    target is null ? null : new SwallowedTarget(target, "--profile").Hint);
            }

            return;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            Read(name, document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            faults.Add($"{name} cannot be read: {exception.Message}");
        }
    }

    private void Read(string file, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{file} must hold one object: {{ \"Parameter\": value }}");
            return;
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject().Where(property => property.Name != Schema))
        {
            if (!keys.Add(property.Name))
            {
                faults.Add($"{file}: {property.Name} stands there twice");
            }
            else if (property.Value.ValueKind != JsonValueKind.Null)
            {
                Take(file, property);
            }
        }
    }

    private void Take(string file, JsonProperty property)
    {
        if (parameters.FirstOrDefault(known => known.Key == property.Name) is not { } parameter)
        {
            TakeUnknown(file, property.Name);
        }
        else if (!InFile(parameter))
        {
            faults.Add(
                $"{file}: {property.Name} is not taken from a file",
                $"give it {(parameter.IsSecret ? $"as {parameter.Variable} in the environment or in .env" : $"as {parameter.Option} on "
                    + "the command line")}");
        }
        else if (TextOf(property.Value) is not { } text)
        {
            faults.Add($"{file}: {property.Name} must be text, a number, true or false");
        }
        else if (SecretParameters.Holds(text))
        {
            Redaction.Remember(text);
            faults.Add(
                $"{file}: {property.Name} holds a secret, which has no place in a file that is committed",
                $"set {parameter.Variable} in the environment or in .env instead");
        }
        else
        {
            given[parameter.Name] = new GivenText(text, $"{file}: {property.Name}");
        }
    }

    private void TakeUnknown(string file, string key)
    {
        var known = parameters.Where(InFile).Select(parameter => parameter.Key).ToList();
        if (!options.IsOthers(key, known))
        {
            faults.Add($"{file}: unknown key {key}{Names.Guess(key, known)}", unknownKeyHint);
        }
    }

    private static bool InFile(Parameter parameter) => parameter.Sources.HasFlag(ParameterSources.File);

    private static string? TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => null,
    };
}
