namespace Belay.Settings;

/// <summary>The parts of the settings that a run needs. A part that it does not need may be missing or wrong.</summary>
[Flags]
public enum SettingParts
{
    /// <summary>None: parameters only.</summary>
    None = 0,

    /// <summary>The target database.</summary>
    Database = 1,

    /// <summary>The backup store.</summary>
    Store = 2,

    /// <summary>The login of the smoke test.</summary>
    Smoke = 4,

    /// <summary>The migrations folder with at least one script.</summary>
    Migrations = 8,

    /// <summary>The number of one migration.</summary>
    Version = 16,

    /// <summary>A reason for the history.</summary>
    Reason = 32,

    /// <summary>The tool whose history to adopt, where it is given.</summary>
    Adoption = 64,

    /// <summary>The target database where DATABASE_URL is set; the run does without it too.</summary>
    DatabaseIfSet = 128,

    /// <summary>The login of the smoke test where SMOKE_URL is set; the run does without it too.</summary>
    SmokeIfSet = 256,

    /// <summary>The login of the smoke test where SMOKE_URL and a smoke command are set.</summary>
    SmokeOfCommand = 512,

    /// <summary>A rehearsal before the migration where something is asked that only a rehearsal heeds: no stage of the run rehearses
    /// by itself.</summary>
    RehearsalFirst = 1024,

    /// <summary>The backup store where BACKUP_STORE is set, for the record; the run does without it too.</summary>
    StoreIfSet = 2048,

    /// <summary>Who is told of the run: a run that tells nobody does with wrong addresses too.</summary>
    Told = 4096,

    /// <summary>The backup store where a rehearsal is asked for with <c>--rehearse</c>; the run does without it otherwise.</summary>
    StoreOfRehearsal = 8192,
}
