namespace Belay.SmokeTests;

/// <summary>What one login attempt came to.</summary>
/// <param name="StatusCode">The HTTP status; null when there was no answer.</param>
/// <param name="Summary">In words, without token or password: <c>500 column user.max_reports does not exist</c>, <c>200 with a valid
/// token</c>, <c>no answer: Connection refused</c>.</param>
/// <param name="Succeeded">Whether it was 200 with a well-formed, unexpired token.</param>
internal sealed record LoginAttempt(int? StatusCode, string Summary, bool Succeeded)
{
    /// <summary>Why it did not succeed.</summary>
    public LoginFault Fault { get; init; }

    /// <summary>Whether a valid token came, with whatever status was expected.</summary>
    public bool LetsIn { get; init; }

    /// <summary>How long the answer took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The summary with the time that the answer took.</summary>
    public string TimedSummary => StatusCode is null ? Summary : $"{Summary}, {Quantity.Duration(Duration)}";

    /// <summary>Whether the same login may succeed a little later: an application that restarts answers nothing,
    /// 404 or 5xx for a while.</summary>
    public bool IsTransient => Fault
        is LoginFault.NoAnswer or LoginFault.SchemaMismatch or LoginFault.ServerError or LoginFault.NotFound or LoginFault.TryLater;
}
