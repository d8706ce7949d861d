namespace Belay.Releases.Stages;

/// <summary>What <c>--dry-run</c> means to a stage.</summary>
internal enum DryRunRule
{
    /// <summary>It changes nothing anyway: on the way to another stage it runs as ever, typed with
    /// <c>--dry-run</c> it is refused, since it would not heed it.</summary>
    RunsAsEver,

    /// <summary>A dry run leaves nothing for it to do: on the way to another stage it is left out, typed
    /// with <c>--dry-run</c> it is refused.</summary>
    LeftOut,

    /// <summary>It says what it would do and keeps nothing.</summary>
    Heeds,
}
