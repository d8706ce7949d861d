using System.Text.Json;
using Belay.Settings;

namespace Belay.SmokeTests;

/// <summary>One test of a smoke file. What it does not say is as for the first test's defaults; the user and the headers are the first
/// test's own. Secrets stand in variables, which it names.</summary>
internal sealed record SmokeEntry
{
    public required string Name { get; init; }

    public required string Url { get; init; }

    public string? Mode { get; init; }

    public string? Method { get; init; }

    /// <summary>A text, or an object that is sent as it stands.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>The body as it is sent.</summary>
    /// <exception cref="InvalidOperationException">It is a text with half a character.</exception>
    public string? ReadBody() => Body is { ValueKind: JsonValueKind.String } text ? text.GetString() : Body?.GetRawText();

    public int? Status { get; init; }

    public string? TokenField { get; init; }

    public string? Deadline { get; init; }

    public string? Username { get; init; }

    public string? PasswordVariable { get; init; }

    public string? HeaderVariable { get; init; }

    /// <summary>What a run would have been told that has this test alone.</summary>
    /// <param name="input">What the run was told.</param>
    /// <exception cref="SettingsException">It names a variable that is not set.</exception>
    public SettingsInput Alone(SettingsInput input)
    {
        (Parameter Parameter, string? Text)[] told =
        [
            (SmokeParameters.SmokeUrl, Url),
            (SmokeParameters.SmokeMode, Mode),
            (SmokeParameters.SmokeMethod, Method),
            (SmokeParameters.SmokeBody, ReadBody()),
            (SmokeParameters.SmokeStatus, Status is null ? null : $"{Status}"),
            (SmokeParameters.SmokeTokenField, TokenField),
            (SmokeParameters.SmokeDeadline, Deadline),
            (SmokeParameters.SmokeUsername, Username ?? input.Text(SmokeParameters.SmokeUsername)),
            (SmokeParameters.SmokePassword, Secret(input, nameof(PasswordVariable), PasswordVariable, SmokeParameters.SmokePassword)),
            (SmokeParameters.SmokeHeader, Secret(input, nameof(HeaderVariable), HeaderVariable, SmokeParameters.SmokeHeader)),
        ];
        return input.Without([.. SmokeParameters.All]) with
        {
            Given = told.Where(one => one.Text is not null).ToDictionary(one => one.Parameter.Name, one => one.Text!),
        };
    }

    private static string? Secret(SettingsInput input, string member, string? variable, Parameter usual)
        => variable is null ? input.Text(usual)
            : input.Environment.TryGetValue(variable, out var value) && value.Length > 0 ? value
            : throw new SettingsException(
                $"{JsonNamingPolicy.CamelCase.ConvertName(member)} names {variable}, which is not set", $"export {variable}=…");
}
