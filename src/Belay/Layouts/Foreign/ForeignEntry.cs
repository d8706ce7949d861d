namespace Belay.Layouts.Foreign;

/// <summary>A migration that another tool recorded as applied.</summary>
/// <param name="Id">What the tool calls it: a number, a revision, a name.</param>
internal sealed record ForeignEntry(string Id)
{
    /// <summary>The how manieth entry of this name it is, counted from 1, for a tool that may apply a name again.
    /// The default is 1.</summary>
    public int Occurrence { get; init; } = 1;

    /// <summary>Its number; null when the tool has none that files could have too.</summary>
    public decimal? Version { get; init; }

    /// <summary>The script's file name as the tool recorded it; null when it records none.</summary>
    public string? Script { get; init; }

    /// <summary>The words after the number; null when the tool records none.</summary>
    public string? Name { get; init; }

    /// <summary>The checksum of the script that ran; null when there is none.</summary>
    public ForeignChecksum? Checksum { get; init; }

    /// <summary>When and by whom, in the tool's own words; null when it records neither.</summary>
    public string? Detail { get; init; }

    /// <summary>How long it took. The default is zero, for tools that do not measure.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether everything before it is applied too, because the tool keeps only its place. The default is no.</summary>
    public bool ReachesBack { get; init; }

    /// <summary>Whether it is a baseline, which need not have a file. The default is no.</summary>
    public bool IsBaseline { get; init; }

    /// <summary>For messages and remarks: <c>V1__add_users.sql, installed on 2024-05-01 10:00:00 by app</c>.</summary>
    public string Title => (Script ?? Id) + (Detail is null ? "" : $", {Detail}");
}
