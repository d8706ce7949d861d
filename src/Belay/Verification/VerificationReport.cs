using System.Text;

namespace Belay.Verification;

/// <summary>The results of all checks of one run.</summary>
/// <param name="Results">In the order of their files.</param>
public sealed record VerificationReport(IReadOnlyList<CheckResult> Results)
{
    /// <summary>Whether every check passed.</summary>
    public bool Passed => Results.All(result => result.Passed);

    /// <summary>The checks that returned something else than expected, or could not run.</summary>
    public IReadOnlyList<CheckResult> Failed => [.. Results.Where(result => !result.Passed)];

    /// <summary>Demands that every check passed.</summary>
    /// <exception cref="VerificationException">One or more did not; the message has their expected and actual rows.</exception>
    public void EnsurePassed()
    {
        if (!Passed)
        {
            throw new VerificationException(
                Explain(),
                "compare the differences with the migration's script; then run ./build.sh Verify");
        }
    }

    /// <summary>Each failed check with its place, its differences, and the expected and actual rows.</summary>
    public string Explain()
    {
        var text = new StringBuilder($"Verification failed: {Failed.Count} of {Quantity.Count(Results.Count, "check")}");
        foreach (var result in Failed)
        {
            text.Append($"\n{Path.GetFileName(result.Check.File)}:{result.Check.Line}: {result.Check.Title}");
            Append(text, "", result.Differences);
            if (result.HasRun)
            {
                Append(text, "expected:", Rows(result.Check.Expected ?? []));
                Append(text, "actual:", Rows(result.Rows));
            }
        }

        return text.ToString();
    }

    private static IReadOnlyList<string> Rows(IReadOnlyList<IReadOnlyList<string>> rows)
        => rows.Count == 0 ? ["no rows"] : [.. rows.Select(CellText.Row)];

    private static void Append(StringBuilder text, string heading, IReadOnlyList<string> lines)
    {
        var indent = heading.Length == 0 ? "\n  " : "\n    ";
        text.Append(heading.Length == 0 ? "" : $"\n  {heading}").Append(indent).AppendJoin(indent, lines);
    }
}
