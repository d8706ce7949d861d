namespace Nuke.Common;

/// <summary>How much is printed.</summary>
public enum Verbosity
{
    /// <summary>Everything, stack traces too.</summary>
    Verbose,

    /// <summary>Headings, information, warnings and errors.</summary>
    Normal,

    /// <summary>Headings, warnings and errors.</summary>
    Minimal,

    /// <summary>Errors and the summary.</summary>
    Quiet,
}
