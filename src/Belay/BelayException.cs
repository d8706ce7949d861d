namespace Belay;

/// <summary>A failure that Belay explains: what failed, on what, with which value, and the command to type next.</summary>
public abstract class BelayException : Exception
{
    /// <summary>Makes the failure.</summary>
    /// <param name="message">What failed, on what, with which value. Secrets are masked here once more.</param>
    /// <param name="hint">What to do next, usually a command; printed after <c>Hint:</c>. Null for none.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    protected BelayException(string message, string? hint = null, Exception? innerException = null)
        : base(Redaction.Apply(message), innerException)
        => Hint = hint is null ? null : Redaction.Apply(hint);

    /// <summary>The process's exit code for this failure, one of <see cref="ExitCodes"/>.</summary>
    public abstract int ExitCode { get; }

    /// <summary>What to do next, without the word <c>Hint:</c>.</summary>
    public string? Hint { get; }
}
