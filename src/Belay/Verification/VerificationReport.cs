namespace Belay.Verification;

/// <summary>The results of all checks of one run.</summary>
/// <param name="Results">In the order of their files.</param>
public sealed record VerificationReport(IReadOnlyList<CheckResult> Results)
{
    /// <summary>Whether every check passed.</summary>
    public bool Passed => Results.All(result => result.Passed);
}
