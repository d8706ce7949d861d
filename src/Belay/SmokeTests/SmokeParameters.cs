using Belay.Settings;

namespace Belay.SmokeTests;

/// <summary>What the smoke test can be told.</summary>
public static class SmokeParameters
{
    /// <summary>The login endpoint.</summary>
    public static Parameter<string?> SmokeUrl { get; } = Declare.Text(
        "smoke-url", "The login that must work after a migration: https://your-api/api/v1/auth/login");

    /// <summary>What is asked of the application.</summary>
    public static Parameter<SmokeMode> SmokeMode { get; } = Declare.Choice(
        "smoke-mode",
        "What is asked of --smoke-url: login; or health, an answer without a login",
        SmokeTests.SmokeMode.Login,
        SmokeTests.SmokeMode.Login,
        SmokeTests.SmokeMode.Health);

    /// <summary>The method of the request.</summary>
    public static Parameter<string?> SmokeMethod { get; } = Declare.Text("smoke-method", "Method of the request", "POST; GET for health");

    /// <summary>The body of the request.</summary>
    public static Parameter<string?> SmokeBody { get; } = Declare.Text(
        "smoke-body",
        "Body of the request, in which {username} and {password} stand for those",
        """{"username":"{username}","password":"{password}"}; none for health""");

    /// <summary>The headers of the request, which may hold a key.</summary>
    public static Parameter<string?> SmokeHeader { get; } = Declare.Secret(
        "smoke-header", "Headers of the smoke test's request, a line name: value each");

    /// <summary>The status that is expected.</summary>
    public static Parameter<string?> SmokeStatus { get; } = Declare.Text(
        "smoke-status", "The HTTP status that is a success, whatever token comes with it", "200, with a token for login");

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

    /// <summary>Further tests of the application.</summary>
    public static Parameter<string?> SmokeFile { get; } = Declare.Text(
        "smoke-file", "JSON file with further smoke tests, which run after the first one, in their order")
        .SeeAlso("docs/adopting.md#several-smoke-tests");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        SmokeUrl, SmokeMode, SmokeMethod, SmokeBody, SmokeStatus, SmokeTokenField, SmokeDeadline, SmokeUsername, SmokePassword, SmokeHeader,
        SmokeFile,
    ];
}
