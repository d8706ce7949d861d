namespace Belay.Sql;

/// <summary>A text that belongs to a migration, and where it stands.</summary>
/// <param name="Path">The file's absolute path; checks and rollback may stand in the migration's own file.</param>
/// <param name="Text">The text with LF line ends. Lines of the file that belong to something else are empty,
/// so that line numbers are the file's.</param>
internal sealed record ScriptSource(string Path, string Text)
{
    /// <summary>Whether the text is a script whose statements must only run without an error, instead of
    /// checks with what they expect. The default is no.</summary>
    public bool IsAssertion { get; init; }

    /// <summary>Whether a rollback script asks to run outside a transaction. The default is no.</summary>
    public bool NoTransaction { get; init; }

    /// <summary>The file's name, for messages; with the folders below the one of migrations where it lies in one.</summary>
    public string FileName { get => field ?? System.IO.Path.GetFileName(Path); init; }
}
