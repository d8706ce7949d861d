namespace Belay.Settings;

/// <summary>Where a parameter may be given.</summary>
[Flags]
public enum ParameterSources
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>On the command line.</summary>
    CommandLine = 1,

    /// <summary>In the environment, or in <c>.env</c>.</summary>
    Environment = 2,

    /// <summary>In <c>.nuke/parameters[.profile].json</c>.</summary>
    File = 4,

    /// <summary>Everywhere: what is true of more than one run.</summary>
    All = CommandLine | Environment | File,
}
