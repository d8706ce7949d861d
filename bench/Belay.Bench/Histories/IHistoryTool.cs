using Belay.Bench.Measuring;
using Belay.Settings;

namespace Belay.Bench.Histories;

/// <summary>A tool that runs a history on an empty database.</summary>
internal interface IHistoryTool
{
    /// <summary>The tool's name.</summary>
    string Name { get; }

    /// <summary>Runs all files it can. What is not the tool's own work happens outside the time.</summary>
    /// <returns>How many files ran, the failure that ended it (null for none), and what it cost.</returns>
    Task<(int Applied, string? Failure, WorkCost Cost)> RunAsync(
        History history, DatabaseTarget database, CancellationToken cancellationToken);
}
