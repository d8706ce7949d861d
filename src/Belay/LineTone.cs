namespace Belay;

/// <summary>What a line tells, for those who read by colour too. Nothing else is coloured.</summary>
public enum LineTone
{
    /// <summary>Neither good nor bad.</summary>
    Plain,

    /// <summary>An outcome as it was meant to be: green.</summary>
    Good,

    /// <summary>A warning: yellow.</summary>
    Doubtful,

    /// <summary>A failure: red.</summary>
    Bad,
}
