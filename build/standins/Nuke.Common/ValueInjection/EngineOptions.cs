namespace Nuke.Common.ValueInjection;

/// <summary>
/// The engine's own options. NUKE's <c>--continue</c> is left out, and so refused as unknown: it trusts a local text file about what
/// already ran. <c>--host</c> is left out because every host is treated alike.
/// </summary>
internal sealed class EngineOptions
{
    /// <summary>The separator in <c>--target A+B</c>.</summary>
    private const string TargetSeparator = "+";

    [Parameter("List of targets to be invoked. Default is the default target", Separator = TargetSeparator)]
    public string[]? Target { get; init; }

    [Parameter("List of targets to be skipped. Empty list skips all dependencies", Separator = TargetSeparator)]
    public string[]? Skip { get; init; }

    [Parameter("Defines the profiles to load: .nuke/parameters.<profile>.json")]
    public string[]? Profile { get; init; }

    [Parameter("Root directory. Default is the nearest parent with a folder .nuke")]
    public string? Root { get; init; }

    [Parameter("How much is printed: verbose, normal, minimal or quiet. Default is 'normal'")]
    public Verbosity? Verbosity { get; init; }

    [Parameter("Leaves out the first line")]
    public bool NoLogo { get; init; }

    [Parameter("Shows what would run, in which order, as text")]
    public bool Plan { get; init; }

    [Parameter("Shows this text")]
    public bool Help { get; init; }

    /// <summary>The options that a parameter file may set; the others say which files are read or what is done.</summary>
    public static bool AllowedInFile(string name) => name is nameof(Target) or nameof(Skip) or nameof(Verbosity) or nameof(NoLogo);
}
