using Belay.Settings;

namespace Belay.SmokeTests;

/// <summary>What the smoke test can be told.</summary>
public static class SmokeParameters
{
    /// <summary>The login endpoint.</summary>
    public static Parameter<string?> SmokeUrl { get; } = Declare.Text(
        "smoke-url", "The login that must work after a migration: https://your-api/api/v1/auth/login");

    /// <summary>The JSON field that holds the token.</summary>
    public static Parameter<string?> SmokeTokenField { get; } = Declare.Text(
        "smoke-token-field", "JSON field with the token", "the usual names");

    /// <summary>How long to go on trying.</summary>
    public static Parameter<TimeSpan> SmokeDeadline { get; } = Declare.Duration(
        "smoke-deadline", "How long to go on trying the login", "60s");

    /// <summary>The user to log in as.</summary>
    public static Parameter<string?> SmokeUsername { get; } = Declare.Variable(
        "smoke-username", "The name of a user made for the smoke test");

    /// <summary>The password of the user to log in as.</summary>
    public static Parameter<string?> SmokePassword { get; } = Declare.Secret("smoke-password", "The password of SMOKE_USERNAME");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [SmokeUrl, SmokeTokenField, SmokeDeadline, SmokeUsername, SmokePassword];
}
