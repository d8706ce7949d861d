namespace Belay.Bench.Logins;

/// <summary>A tool that runs the suite's migration as people run it.</summary>
internal interface IMigrationTool
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    /// <summary>Runs the migration; returns when it is applied.</summary>
    /// <exception cref="BenchException">It failed.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}
