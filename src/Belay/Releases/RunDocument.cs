using Belay.Monitoring;
using Belay.Reporting;

namespace Belay.Releases;

/// <summary>What a run prints with <c>--output json</c>.</summary>
internal static class RunDocument
{
    /// <summary>Where the database stands, when Status alone was typed; else the record.</summary>
    /// <param name="seen">What Status saw; null when it did not run to its end.</param>
    public static string Of(RunRequest request, RunRecord record, StatusReport? seen, int exitCode)
        => !request.ShowsStatus || request.Targets.Count > 1
            ? record.ToJson(exitCode)
            : (StatusDocument.Of(seen, request.Host.TimeProvider.GetUtcNow(), exitCode) with
            {
                Message = record.Failure?.Message,
                Hint = record.Failure?.Hint,
            }).ToJson();
}
