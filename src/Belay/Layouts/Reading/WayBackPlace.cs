namespace Belay.Layouts.Reading;

/// <summary>Where the way back of a file belongs whose name says which way it is.</summary>
internal static class WayBackPlace
{
    private const string FolderUp = "/up.sql";
    private const string Up = ".up.sql";

    /// <summary><c>1_a.down.sql</c> for <c>1_a.up.sql</c>, <c>a/down.sql</c> for <c>a/up.sql</c>, otherwise Belay's
    /// <c>1_a.rollback.sql</c>.</summary>
    /// <param name="file">The migration's path from the folder.</param>
    public static string Of(string file) => file switch
    {
        _ when file.EndsWith(FolderUp, StringComparison.Ordinal) => $"{file[..^FolderUp.Length]}/down.sql",
        _ when file.EndsWith(Up, StringComparison.Ordinal) => $"{file[..^Up.Length]}.down.sql",
        _ => $"{Path.ChangeExtension(file, null)}.rollback.sql",
    };
}
