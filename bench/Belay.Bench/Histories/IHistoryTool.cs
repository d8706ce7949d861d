using Belay.Settings;

namespace Belay.Bench.Histories;

/// <summary>A tool that runs a history on an empty database.</summary>
internal interface IHistoryTool
{
    /// <summary>The tool's name.</summary>
    string Name { get; }

    /// <summary>Runs all files it can. What is not the tool's own work happens outside the time.</summary>
    /// <returns>How many files ran, the failure that ended it (null for none), and the seconds.</returns>
    Task<(int Applied, string? Failure, double Seconds)> RunAsync(
        History history, DatabaseTarget database, CancellationToken cancellationToken);
}
