using System.Text.Json.Nodes;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.ValueInjection;
using Serilog;

namespace Nuke.Common.Output;

/// <summary>The file <c>.nuke/build.schema.json</c>, with which editors complete and check parameter files.</summary>
internal static class BuildSchema
{
    /// <summary>Writes the file if it would change. A folder that can't be written costs a warning, not the run.</summary>
    public static void Refresh(AbsolutePath root, IReadOnlyCollection<ParameterMember> members, IReadOnlyCollection<ExecutableTarget> targets)
    {
        var file = root / ".nuke" / "build.schema.json";
        try
        {
            var text = Render(members, targets) + "\n";
            if (file.Parent.DirectoryExists() && !(file.FileExists() && File.ReadAllText(file) == text))
            {
                File.WriteAllText(file, text);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.Warning("{File} could not be written: {Reason}", file.ToString(), exception.Message);
        }
    }

    private static string Render(IReadOnlyCollection<ParameterMember> members, IReadOnlyCollection<ExecutableTarget> targets)
    {
        var allowed = members.Where(member => !member.IsSecret && (!member.IsEngine || EngineOptions.AllowedInFile(member.Name)));
        var properties = new JsonObject { ["$schema"] = new JsonObject { ["type"] = "string" } };
        foreach (var member in allowed.OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            properties[member.Name] = PropertyOf(member, targets);
        }

        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-04/schema#",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        return schema.ToJsonString(new System.Text.Json.JsonSerializerOptions
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }

    private static JsonObject PropertyOf(ParameterMember member, IReadOnlyCollection<ExecutableTarget> targets)
    {
        var isTargetList = member.IsEngine && member.Name is nameof(EngineOptions.Target) or nameof(EngineOptions.Skip);
        var item = ValueConverter.ItemTypeOf(member.Type);
        var type = isTargetList ? Names(targets.Select(target => target.Name)) : TypeOf(item ?? member.Type);
        var property = item is null ? type : new JsonObject { ["type"] = "array", ["items"] = type };
        if (member.Description is not null)
        {
            property["description"] = member.Description;
        }

        return property;
    }

    private static JsonObject TypeOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
        {
            return Names(Enum.GetNames(plain));
        }

        var name = plain == typeof(bool) ? "boolean" : plain == typeof(int) || plain == typeof(long) ? "integer" : "string";
        return new JsonObject { ["type"] = name };
    }

    private static JsonObject Names(IEnumerable<string> names) => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]),
    };
}
