using System.Text.RegularExpressions;

namespace Belay.Settings;

/// <summary>Knows texts that hold a password, key or signature.</summary>
internal static partial class SecretParameters
{
    /// <summary>Adds a fault for every parameter that holds a secret, and has it masked from now on.</summary>
    public static void Refuse(SettingsInput input, SettingsFaults faults)
    {
        // The engine may fill a parameter from the environment variable of its name, which is where a secret belongs.
        var environment = input.Environment.Values.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in input.Given.Where(parameter => Holds(parameter.Value) && !environment.Contains(parameter.Value)))
        {
            Redaction.Remember(value);
            var variable = name.Replace('-', '_').ToUpperInvariant();
            faults.Add(
                $"--{name} holds a secret, which would be readable in the process list",
                $"set {variable} in the environment or in .env instead");
        }
    }

    /// <summary>Whether a text holds a password, key or signature.</summary>
    public static bool Holds(string text) => SecretPattern().IsMatch(text);

    [GeneratedRegex(
        @"(AccountKey|SharedAccessSignature|Password|Pwd)\s*=|[?&]sig=|[?&]X-Amz-Signature=|://[^/?#@]*:[^/?#]*@", RegexOptions.IgnoreCase)]
    private static partial Regex SecretPattern();
}
