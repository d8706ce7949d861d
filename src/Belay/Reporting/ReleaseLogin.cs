namespace Belay.Reporting;

/// <summary>The login before and after a migration.</summary>
/// <param name="Before">What the login before it came to; null when none was tried.</param>
/// <param name="After">What the smoke test's login came to; null when it was not reached.</param>
/// <param name="Passed">Whether the smoke test passed, the refused wrong password included.</param>
internal sealed record ReleaseLogin(string? Before, string? After, bool Passed)
{
    /// <summary>What is said of a release that was told to leave the login out.</summary>
    public const string LeftOut = "nobody logged in: SmokeTest was left out";

    /// <inheritdoc/>
    public override string ToString() => $"{Before ?? "not tried"} → {After ?? "not reached"}";
}
