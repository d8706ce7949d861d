using Belay.Postgres;
using Belay.SmokeTests;
using Belay.Verification;
using Belay.Watching.Logs;

namespace Belay.Watching;

/// <summary>What is watched.</summary>
internal sealed record WatchRequest
{
    /// <summary>For how long and how often.</summary>
    public required WatchSettings Settings { get; init; }

    /// <summary>The database.</summary>
    public required DatabaseConnector Connector { get; init; }

    /// <summary>The logins to repeat; empty when none is configured.</summary>
    public required IReadOnlyList<LoginSmokeTest> Logins { get; init; }

    /// <summary>Runs the checks; null when there are none to run.</summary>
    public required Func<CancellationToken, Task<VerificationReport>>? Checks { get; init; }

    /// <summary>What the release touched, to be found in the server's log.</summary>
    public required WatchedNames Names { get; init; }

    /// <summary>What was seen before the migration; null when nobody looked then.</summary>
    public WatchBaseline? Before { get; init; }
}
