namespace Belay.Watching.Logs;

/// <summary>An error in a server's log.</summary>
/// <param name="SqlState">Its code; null where the log does not have it.</param>
/// <param name="Message">The first line of what the server said.</param>
internal sealed record LogEntry(string? SqlState, string Message)
{
    /// <summary>The statement that failed, which may hold a user's data; null where the log does not have it.</summary>
    public string? Statement { get; init; }

    /// <summary>The database; null where the log does not have it.</summary>
    public string? Database { get; init; }

    /// <summary>The session's <c>application_name</c>; null where the log does not have it.</summary>
    public string? Application { get; init; }

    /// <summary>What tells one kind of error from another: the text in quotes and the numbers of a message may differ each time.</summary>
    public string Kind => $"{SqlState} {Message}";
}
