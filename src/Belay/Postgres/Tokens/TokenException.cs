namespace Belay.Postgres.Tokens;

/// <summary>Nobody issued a token for the database.</summary>
internal sealed class TokenException(string message, string hint, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
