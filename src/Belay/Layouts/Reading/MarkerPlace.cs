namespace Belay.Layouts.Reading;

/// <summary>Where a marker counts.</summary>
internal enum MarkerPlace
{
    /// <summary>In the file's first line.</summary>
    FirstLine,

    /// <summary>In a comment before the first statement.</summary>
    Head,

    /// <summary>In any comment of the part that is to run that has a line of its own.</summary>
    Anywhere,

    /// <summary>In any comment of the file that has a line of its own: it counts for both ways.</summary>
    File,
}
