using Belay.Postgres.Tokens;
using Belay.Settings;

namespace Belay.Postgres;

/// <summary>No connection to the target database could be opened.</summary>
/// <param name="innerException">What the driver, the server or the issuer of a token said.</param>
internal sealed class DatabaseUnreachableException(DatabaseTarget target, Exception innerException)
    : BelayException(
        $"Cannot connect to {target.DisplayName} as \"{target.Username}\": {innerException.Message}",
        (innerException as TokenException)?.Hint ?? "check DATABASE_URL, the network and the server; then run ./build.sh Preflight",
        innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
