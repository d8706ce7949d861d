using System.Text.Json.Serialization;
using Belay.Migrations.Observation;
using Belay.Reporting.Facts;

namespace Belay.Reporting;

/// <summary>What happened in one run. Every report is a rendering of it.</summary>
internal sealed record ReleaseRecord
{
    /// <summary>The newest version of the format. 2 has source, settings, versions, findings, scripts, standing and next steps.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The format's version.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>The targets that were asked for.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Who ran it, and where.</summary>
    public required ReleaseActor Actor { get; init; }

    /// <summary>The source that the release was made from; null when nobody knows.</summary>
    public ReleaseSource? Source { get; init; }

    /// <summary>The versions of what took part; null in older records.</summary>
    public ReleaseVersions? Versions { get; init; }

    /// <summary>What the run was told or took by default, by the parameters' names. Secrets are not among them.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The database as people may see it: <c>host:port/database</c>; null when the settings were refused.</summary>
    public string? Database { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>When it finished.</summary>
    public required DateTimeOffset FinishedUtc { get; init; }

    /// <summary>How it ended.</summary>
    public required ReleaseOutcome Outcome { get; init; }

    /// <summary>The process's exit code.</summary>
    public required int ExitCode { get; init; }

    /// <summary>What failed, in words; null when nothing did.</summary>
    public string? Message { get; init; }

    /// <summary>What to do next; null when nothing needs doing.</summary>
    public string? Hint { get; init; }

    /// <summary>Where the database stands now, in words; null where no database was named, or nobody can tell.</summary>
    public string? Standing { get; init; }

    /// <summary>What to do next, and how to take the release back: a sentence or a command each.</summary>
    public IReadOnlyList<string> NextSteps { get; init; } = [];

    /// <summary>How the release went back by itself after its commit, and how that ended; null when it did not.</summary>
    public string? WayBack { get; init; }

    /// <summary>What preflight saw, one fact per line.</summary>
    public IReadOnlyList<string> PreflightFacts { get; init; } = [];

    /// <summary>What preflight found, with what to do about it.</summary>
    public IReadOnlyList<ReleaseFinding> Findings { get; init; } = [];

    /// <summary>The backup; null when none was taken or needed.</summary>
    public ReleaseBackup? Backup { get; init; }

    /// <summary>The backup that opened the gate, with its database, server, age and level at that moment;
    /// null when no gate was asked.</summary>
    public string? Gate { get; init; }

    /// <summary>What a rehearsal on a copy has shown, a line for each statement and one for the whole; empty when there was
    /// none.</summary>
    public IReadOnlyList<string> Rehearsal { get; init; } = [];

    /// <summary>The risks that a trial has shown, with the reasons of those that are accepted, a line each after one that counts them;
    /// empty when nobody looked.</summary>
    public IReadOnlyList<string> Risks { get; init; } = [];

    /// <summary>The migrations applied, in order.</summary>
    public IReadOnlyList<ReleaseMigration> Migrations { get; init; } = [];

    /// <summary>The scripts that were sent to the server, with their statements; the last one may not have come to its end.</summary>
    public IReadOnlyList<TracedScript> Scripts { get; init; } = [];

    /// <summary>What was written into the history without running it, one entry per line.</summary>
    public IReadOnlyList<string> History { get; init; } = [];

    /// <summary>The checks run after the migrations.</summary>
    public IReadOnlyList<ReleaseCheck> Checks { get; init; } = [];

    /// <summary>The command of the migration tool that ran in place of Belay's runner; null for that.</summary>
    public string? Migrator { get; init; }

    /// <summary>What preflight found changed in the schema since the last recorded run, as lines with + and -.</summary>
    public IReadOnlyList<string> Drift { get; init; } = [];

    /// <summary>What this run changed in the schema, as lines with + and -; null when it was not seen or nothing ran.</summary>
    public IReadOnlyList<string>? SchemaChanges { get; init; }

    /// <summary>The logins; null when no smoke test is configured.</summary>
    public ReleaseLogin? Login { get; init; }

    /// <summary>Whether the release was told to leave the login out, so that nobody logged in after its migrations.</summary>
    public bool NobodyLoggedIn { get; init; }

    /// <summary>What was seen while the release was watched; null when it was not.</summary>
    public ReleaseWatch? Watch { get; init; }

    /// <summary>Who was told of the run by webhook, and who was not and why, a line each; empty when nobody was to be.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The steps in the order they ran.</summary>
    public IReadOnlyList<ReleaseStep> Steps { get; init; } = [];

    /// <summary>The guide's post-migration tasks with what is done; empty until the record is written
    /// for a run that applied migrations.</summary>
    public IReadOnlyList<ReleaseTask> Tasks { get; init; } = [];

    /// <summary>Its place among the stored records of its database; null when it is not stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RecordLink? Link { get; init; }

    /// <summary>The signature over all that stands before it, as text with <c>}</c> and a line end behind it; null when there was no
    /// <c>RECORD_KEY</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RecordSeal? Seal { get; init; }
}
