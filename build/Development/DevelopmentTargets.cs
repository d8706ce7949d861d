using Belay.Arguments;

/// <summary>The targets that are about this repository or the local profile.</summary>
static class DevelopmentTargets
{
    public static NamedTarget LocalUp { get; } =
        new()
        {
            IsForDevelopment = true,
            Name = nameof(LocalUp),
            Description = "Starts PostgreSQL, Azurite and the login API of the local profile and leaves them running",
        };

    public static NamedTarget LocalDown { get; } = new()
    {
        IsForDevelopment = true,
        Name = nameof(LocalDown),
        Description = "Stops the parts of the local profile; their data stays",
    };

    public static NamedTarget LocalReset { get; } = new()
    {
        IsForDevelopment = true,
        Name = nameof(LocalReset),
        Description = "Stops the parts of the local profile and wipes their data",
    };

    public static NamedTarget Compile { get; } = new()
    {
        IsForDevelopment = true,
        Name = nameof(Compile),
        Description = "Compiles everything in this repository, warnings as errors",
    };

    public static NamedTarget Test { get; } =
        new()
        {
            IsForDevelopment = true,
            Name = nameof(Test),
            Description = "Runs unit, integration and build tests on real parts; the last line counts them",
            DependsOn = [Compile],
        };

    public static NamedTarget Bench { get; } = new()
    {
        IsForDevelopment = true,
        Name = nameof(Bench),
        Parameters = DevelopmentParameters.All,
        Example = "--suite backup --size 1GB",
        Description =
            "Runs a benchmark (--suite backup, cleanup, history, logins-under-migration or rehearsal) and prints ratios against peers",
    };

    public static NamedTarget Pack { get; } = new()
    {
        IsForDevelopment = true,
        Name = nameof(Pack),
        Description = "Packs the tool belay, publishes it as one file for each platform, and writes SHA256SUMS and a bill of materials",
    };

    public static NamedTarget Refresh { get; } = new()
    {
        IsForDevelopment = true,
        Name = nameof(Refresh),
        Description = "Writes the README's tables and .nuke/build.schema.json anew from the declarations of parameters and targets",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<NamedTarget> All { get; } = [LocalUp, LocalDown, LocalReset, Compile, Test, Bench, Refresh, Pack];
}
