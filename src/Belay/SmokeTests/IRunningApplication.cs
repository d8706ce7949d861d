namespace Belay.SmokeTests;

/// <summary>An application that was started for a smoke test.</summary>
public interface IRunningApplication : IAsyncDisposable
{
    /// <summary>Its name for people.</summary>
    string Name { get; }

    /// <summary>Where it serves logins; null when its own exit code says whether it works.</summary>
    Uri? LoginUrl { get; }

    /// <summary>Its exit code when it ends by itself.</summary>
    Task<int> Ended { get; }

    /// <summary>The last lines that it printed, harmless to print again.</summary>
    IReadOnlyList<string> LastLines { get; }
}
