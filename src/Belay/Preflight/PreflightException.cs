namespace Belay.Preflight;

/// <summary>Preflight refuses the release. Nothing was touched.</summary>
internal sealed class PreflightException : BelayException
{
    /// <summary>Makes the refusal.</summary>
    /// <param name="findings">Everything found, with at least one refusal of the run's work; the first
    /// such refusal's hint is the failure's hint.</param>
    /// <param name="work">What the run does; refusals of other work are not told.</param>
    public PreflightException(IReadOnlyList<Finding> findings, ReleaseWork work = ReleaseWork.All)
        : base(Describe(Refusals(findings, work)), Refusals(findings, work)[0].Hint)
        => Findings = findings;

    /// <summary>Everything found.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;

    private static string Describe(Finding[] refusals) => refusals.Length == 1
        ? $"Preflight refused: {refusals[0].Text}"
        : $"Preflight refused for {refusals.Length} reasons:"
            + string.Concat(
                refusals.Select(refusal => $"\n  {refusal.Text}" + (refusal.Hint is null ? "" : $"\n    Hint: {refusal.Hint}")));

    private static Finding[] Refusals(IReadOnlyList<Finding> findings, ReleaseWork work)
        => [.. findings.Where(finding => finding.Refuses(work))];
}
