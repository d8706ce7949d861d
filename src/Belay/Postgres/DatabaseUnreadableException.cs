using Belay.Settings;
using Npgsql;

namespace Belay.Postgres;

/// <summary>A connection was there, but the server went away or refused while something was read. Nothing was changed.</summary>
/// <param name="cause">What the driver or the server said.</param>
internal sealed class DatabaseUnreadableException(DatabaseTarget target, NpgsqlException cause)
    : BelayException(
        $"{target.DisplayName} could not be read: "
            + $"{(cause is PostgresException { SqlState: var state, MessageText: var text } ? $"{state}: {text}" : cause.Message)}",
        "look at the server's log and the network, and at what the role may read; then run ./build.sh Preflight",
        cause)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
