namespace Belay.Preflight;

/// <summary>A statement after which words no longer tell which relations there are, who owns them or in
/// which schema they are looked for.</summary>
/// <param name="Title">The statement as people name it: <c>SET SEARCH_PATH</c>, <c>DO with EXECUTE</c>.</param>
/// <param name="Line">Its line, counted from 1.</param>
/// <param name="Lasts">Whether later files are in doubt too: what it made stays, while a session's settings end with its file.</param>
internal sealed record ScriptDoubt(string Title, int Line, bool Lasts)
{
    /// <summary>The name of its file, where it is another one; null for the same.</summary>
    public string? File { get; init; }

    /// <summary>Where it stands, for messages.</summary>
    public string Place => File is null ? $"line {Line}" : $"{File}, line {Line}";
}
