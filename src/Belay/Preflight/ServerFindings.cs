using Belay.Postgres;
using Belay.Settings;

namespace Belay.Preflight;

/// <summary>What a server's facts mean for a release.</summary>
internal static class ServerFindings
{
    /// <summary>The guide's "PostgreSQL version is 9.5+".</summary>
    public const int OldestAccepted = 90500;

    /// <summary>The guide's "ideally 12+".</summary>
    private const int OldestRecommended = 120000;

    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Of(ServerFacts server, DatabaseTarget target)
    {
        yield return new(
            FindingSeverity.Information, $"Connected to {target.DisplayName} as \"{server.Role}\", {Quantity.Bytes(server.SizeBytes)}");
        if (server.VersionNumber < OldestAccepted)
        {
            yield return new(
                FindingSeverity.Refusal, $"{Short(server)} is older than 9.5, the oldest that Belay migrates", "upgrade the server");
        }
        else if (server.VersionNumber < OldestRecommended)
        {
            yield return new(
                FindingSeverity.Warning, $"{Short(server)} is older than 12", "plan an upgrade: its project no longer mends it");
        }

        if (server.IsInRecovery)
        {
            yield return new(
                FindingSeverity.Refusal,
                $"{target.DisplayName} is a standby: it takes no changes",
                "name the primary in DATABASE_URL, or several hosts with target_session_attrs=read-write")
                {
                    Stops = ReleaseWork.Migration,
                };
        }
        else if (server.IsReadOnly)
        {
            yield return new(
                FindingSeverity.Refusal,
                $"Transactions of \"{server.Role}\" on {target.DisplayName} are read-only (default_transaction_read_only is on)",
                $"connect as a role that may write, or ALTER ROLE {SqlName.Quote(server.Role)} SET default_transaction_read_only = off")
                {
                    Stops = ReleaseWork.Migration,
                };
        }
    }

    private static string Short(ServerFacts server) => string.Join(' ', server.VersionText.Split(' ').Take(2));
}
