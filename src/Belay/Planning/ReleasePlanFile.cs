using Belay.Postgres;
using Belay.Risks;

namespace Belay.Planning;

/// <summary>What would run in a release, as a file that somebody approves: <c>Migrate --plan-file</c> runs this and nothing else.</summary>
internal sealed record ReleasePlanFile
{
    /// <summary>The newest version of the format that this code reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The format's version.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeUtc { get; init; }

    /// <summary>The database that it was made for.</summary>
    public required DatabaseIdentity Database { get; init; }

    /// <summary>The role that they run as, and that owns what they make; null in a plan from before it was written down.</summary>
    public string? Role { get; init; }

    /// <summary>The migrations in the order in which they run.</summary>
    public required IReadOnlyList<PlannedFile> Files { get; init; }

    /// <summary>The settings that decide what runs and how it may end, by their options.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The schema that they run on, a line for each object; null where it could not be read.</summary>
    public IReadOnlyList<string>? Schema { get; init; }

    /// <summary>SHA-256 of the schema's lines before anything in them was masked, which differs from machine to machine; null where it
    /// could not be read.</summary>
    public string? SchemaSha256 { get; init; }

    /// <summary>What they change in it, as lines with + and -; null where it could not be read.</summary>
    public IReadOnlyList<string>? Changes { get; init; }

    /// <summary>What the statements did in the dry run, a line each.</summary>
    public IReadOnlyList<string> Statements { get; init; } = [];

    /// <summary>What the last rehearsal of the same files has shown; null where there was none.</summary>
    public RehearsedFigures? Rehearsal { get; init; }

    /// <summary>The checks that run with them, a line each.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>The tables that they work on, with size and rows, and with the sessions that used them when the plan was made.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>The risks that the dry run has shown, with the reasons of those that are accepted; null when nobody looked.</summary>
    public IReadOnlyList<Risk>? Risks { get; init; }

    /// <summary>What files accept and the dry run has not shown.</summary>
    public IReadOnlyList<string> RiskRemarks { get; init; } = [];

    /// <summary>What the dry run could not try, in words.</summary>
    public IReadOnlyList<string> Untried { get; init; } = [];

    /// <summary>Whether a rehearsal was of what this plan runs, on the database that it is for.</summary>
    public bool IsRehearsedBy(RehearsedFigures figures)
        => figures.Files.Count > 0 && figures.Database == Database && figures.Files.SequenceEqual(Files);
}
