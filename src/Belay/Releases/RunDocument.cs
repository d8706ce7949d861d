using Belay.Monitoring;
using Belay.Reporting;

namespace Belay.Releases;

/// <summary>What a run prints with <c>--output json</c>.</summary>
internal static class RunDocument
{
    /// <summary>Where the database stands, when Status alone was typed; else the record.</summary>
    /// <param name="json">The record's text, by the exit code.</param>
    /// <param name="seen">What Status saw; null when it did not run to its end.</param>
    public static string Of(RunRecord record, Func<int, string> json, StatusReport? seen, int exitCode)
        => !record.Request.ShowsStatus || record.Request.Targets.Count > 1
            ? json(exitCode)
            : (StatusDocument.Of(seen, record.Request.Host.TimeProvider.GetUtcNow(), exitCode) with
            {
                Message = record.Failure?.Message,
                Hint = record.Failure?.Hint,
            }).ToJson();
}
