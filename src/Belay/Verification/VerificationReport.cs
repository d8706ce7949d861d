using System.Text;

namespace Belay.Verification;

/// <summary>The results of all checks of one run.</summary>
/// <param name="Results">In the order of their files.</param>
internal sealed record VerificationReport(IReadOnlyList<CheckResult> Results)
{
    /// <summary>Whether every check passed that counts for the run. See also <see cref="HasVerified"/>:
    /// where nothing is checked, nothing fails.</summary>
    public bool Passed => Failed.Count == 0;

    /// <summary>Whether anything was verified: a report expects nothing, so it proves nothing.</summary>
    public bool HasVerified => Results.Any(result => result.Check.Kind.CanFail);

    /// <summary>The checks that returned something else than expected, or could not run; those of earlier releases are left out.</summary>
    public IReadOnlyList<CheckResult> Failed => [.. Results.Where(result => !result.Passed && !result.IsEarlier)];

    /// <summary>The checks of earlier releases that fail now.</summary>
    public IReadOnlyList<CheckResult> FailedEarlier => [.. Results.Where(result => !result.Passed && result.IsEarlier)];

    /// <summary>The report of a run that applied some migrations: the checks of others say how things stand, and fail nothing.</summary>
    /// <param name="files">The files whose checks count, as absolute paths.</param>
    public VerificationReport CountingOnly(IReadOnlySet<string> files)
        => new([.. Results.Select(result => result with { IsEarlier = !files.Contains(result.Check.File) })]);

    /// <summary>Demands that something was verified.</summary>
    /// <exception cref="VerificationException">There is no check that could fail.</exception>
    public void EnsureVerified()
    {
        if (!HasVerified)
        {
            throw new VerificationException(
                "Nothing was verified: no applied migration has a check that expects something, and --require-checks asks for one",
                "write checks into a .verify.sql beside the migrations, or leave --require-checks away; then run ./build.sh Verify");
        }
    }

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
                Append(text, "expected:", result.Check.Kind.Words);
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
