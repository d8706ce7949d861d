namespace Belay.Preflight;

/// <summary>Preflight refuses the release. Nothing was touched.</summary>
public sealed class PreflightException : BelayException
{
    /// <summary>Makes the refusal.</summary>
    /// <param name="findings">Everything found, with at least one refusal; the first refusal's hint is the failure's hint.</param>
    public PreflightException(IReadOnlyList<Finding> findings)
        : base(Describe(findings), Refusals(findings)[0].Hint)
        => Findings = findings;

    /// <summary>Everything found.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;

    private static string Describe(IReadOnlyList<Finding> findings)
    {
        var refusals = Refusals(findings);
        return refusals.Length == 1
            ? $"Preflight refused: {refusals[0].Message}"
            : $"Preflight refused for {refusals.Length} reasons:" + string.Concat(refusals.Select(refusal => $"\n  {refusal.Message}" + (refusal.Hint is null ? "" : $"\n    Hint: {refusal.Hint}")));
    }

    private static Finding[] Refusals(IReadOnlyList<Finding> findings) => [.. findings.Where(finding => finding.Severity == FindingSeverity.Refusal)];
}
