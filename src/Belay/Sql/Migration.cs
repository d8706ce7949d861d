namespace Belay.Sql;

/// <summary>A numbered script with its companions, as read from the migrations folder.</summary>
public sealed record Migration
{
    /// <summary>The file's number, which is its place in the order and its key in the history.</summary>
    public required decimal Version { get; init; }

    /// <summary>The words after it, as in the file name: <c>add_user_analysis_preferences</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The script's absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>The script's text with line ends normalised to LF.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256 of <see cref="Text"/> in UTF-8, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Path and text together, for messages about places in them.</summary>
    internal ScriptSource Script => new(Path, Text) { FileName = FileName };

    /// <summary>The checks; null when there are none.</summary>
    internal ScriptSource? Verify { get; init; }

    /// <summary>The rollback script; null when there is none.</summary>
    internal ScriptSource? Rollback { get; init; }

    /// <summary>Whether there is a rollback script with a statement in it.</summary>
    internal bool HasWayBack
        => !IsRepeatable && Rollback is { } source && MigrationScript.Read(source.Text, source.NoTransaction).Statements.Count > 0;

    /// <summary>Where its layout wants the rollback script, for a hint: <c>1_a.down.sql</c>.</summary>
    public string RollbackPlace { get => field ?? $"{System.IO.Path.GetFileNameWithoutExtension(FileName)}.rollback.sql"; init; }

    /// <summary>Whether it has no version and runs after the others whenever its text is new. Its
    /// <see cref="Version"/> is 0. The default is no.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether a later one of the same name takes its place, so that its checks hold only until then. The default is no.</summary>
    public bool IsReworked { get; init; }

    /// <summary>The directives from the comments at the script's head.</summary>
    public MigrationDirectives Directives { get; init; } = new();

    /// <summary>The file's name, for messages, from the folder of migrations on: <c>0001_add_user_analysis_preferences.sql</c>,
    /// <c>2024_init/up.sql</c>.</summary>
    public string FileName { get => field ?? System.IO.Path.GetFileName(Path); init; }
}
