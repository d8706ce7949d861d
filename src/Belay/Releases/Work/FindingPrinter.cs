using Belay.Preflight;

namespace Belay.Releases.Work;

/// <summary>Prints preflight's findings: what is good to know as a line, what is doubtful as a warning.</summary>
internal static class FindingPrinter
{
    public static void Print(IEnumerable<Finding> findings, IReleaseOutput output)
    {
        foreach (var finding in findings)
        {
            var text = finding.Hint is null ? finding.Text : $"{finding.Text} (Hint: {finding.Hint})";
            if (finding.Severity == FindingSeverity.Information)
            {
                output.Line($"      {text}");
            }
            else
            {
                output.Warn(text);
            }
        }
    }
}
