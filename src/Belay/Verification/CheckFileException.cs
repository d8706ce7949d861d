namespace Belay.Verification;

/// <summary>A file of checks does not say clearly what to verify.</summary>
/// <param name="faults">Every fault, each as <c>file:line: what is wrong</c>.</param>
internal sealed class CheckFileException(IReadOnlyList<string> faults)
    : BelayException(
        $"{Quantity.Count(faults.Count, "fault")} in the verification files:{string.Concat(faults.Select(fault => $"\n  {fault}"))}",
        "write each check as '-- check: title', then '-- expect:' with its rows, '-- expect: no rows' or '-- report', then one query")
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.Usage;

    /// <summary>Every fault, each as <c>file:line: what is wrong</c>.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
