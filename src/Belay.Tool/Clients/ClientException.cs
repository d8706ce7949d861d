namespace Belay.Tool.Clients;

/// <summary>PostgreSQL's client programs could not be installed; nothing of the database was touched.</summary>
internal sealed class ClientException(string message)
    : BelayException(message, "install them in another way, or set PG_BIN to the folder with pg_dump; then ./build.sh Preflight")
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
