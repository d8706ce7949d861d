namespace Belay.History;

/// <summary>What the journal says of one statement.</summary>
/// <param name="Position">The statement's place in its script, counted from 1.</param>
/// <param name="Sha256">SHA-256 of the statement that ran.</param>
/// <param name="FirstWords">Its first words, as messages name it.</param>
/// <param name="SqlState"><c>00000</c> for success, the server's error code, or null when no end was written.</param>
/// <param name="ProcessId">The server process that ran it.</param>
/// <param name="IsRunning">Whether that very process still lives.</param>
internal sealed record JournalRow(int Position, string Sha256, string FirstWords, string? SqlState, int ProcessId, bool IsRunning)
{
    /// <summary>The code for success.</summary>
    public const string Success = "00000";

    /// <summary>Whether the statement ran to its end.</summary>
    public bool Succeeded => SqlState == Success;

    /// <summary>Whether the server ended it with an error.</summary>
    public bool HasFailed => SqlState is not (null or Success);

    /// <summary>Whether it was a CALL or DO that failed: what was committed inside it stays.</summary>
    public bool MayHaveCommitted => HasFailed && FirstWords.Split(' ')[0] is "CALL" or "DO";

    /// <summary>Whether the server found the statement itself wrong (class 42: syntax, names, kinds of objects),
    /// so that nothing of it happened.</summary>
    public bool IsMistake => SqlState?.StartsWith("42", StringComparison.Ordinal) is true;
}
