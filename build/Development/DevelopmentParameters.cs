using Belay.Settings;

/// <summary>What the benchmarks of this repository can be told.</summary>
static class DevelopmentParameters
{
    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        Typed("suite", "Benchmark suite: backup, cleanup, history, logins-under-migration or rehearsal", "backup"),
        Typed("size", "Benchmark database size", "1GB"),
        Typed("users", "Users of the benchmark logins-under-migration", "2000000"),
        Typed("report", "Seconds that the report of the benchmark logins-under-migration takes", "20"),
        Typed("rounds", "How often each tool of a benchmark runs", "3; logins-under-migration: 1"),
        Typed("only", "Rows of the benchmark backup that run, for example e,f,zstd:1", "all"),
        Typed("histories", "Folder of migrations, or of such folders, for the suite history"),
    ];

    private static Parameter<string?> Typed(string name, string help, string? standard = null)
        => Declare.Text(name, help, standard, ParameterSources.CommandLine);
}
