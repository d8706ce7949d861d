using Belay.Settings;

namespace Belay.Tests.Support;

internal static class SettingsInputs
{
    /// <summary>The same with parameters given, by name without dashes before it; null takes one away.</summary>
    public static SettingsInput With(this SettingsInput input, params (string Name, string? Text)[] parameters)
    {
        var given = input.Given.ToDictionary();
        foreach (var (name, text) in parameters)
        {
            given.Remove(name);
            if (text is not null)
            {
                given.Add(name, text);
            }
        }

        return input with { Given = given };
    }
}
