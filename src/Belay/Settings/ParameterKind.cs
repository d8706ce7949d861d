namespace Belay.Settings;

/// <summary>What the text of a parameter is.</summary>
public enum ParameterKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary><c>true</c>, <c>false</c>, or the bare option, which means <c>true</c>.</summary>
    Switch,

    /// <summary>A whole number in a range.</summary>
    WholeNumber,

    /// <summary>A number of days, with or without <c>d</c>.</summary>
    Days,

    /// <summary>A duration with its unit, like <c>30s</c>.</summary>
    Duration,

    /// <summary>A size in bytes with its unit, like <c>100GiB</c>.</summary>
    Size,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>The number of a migration.</summary>
    Version,
}
