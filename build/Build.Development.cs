using Nuke.Common;

sealed partial class Build
{
    static readonly string[] CompileArguments =
        ["build", "Belay.slnx", "--nologo", "-v", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false"];

    Target Compile => _ => _
        .Description("Compiles everything in this repository, warnings as errors")
        .Executes(() => DevelopAsync("Compile", async token =>
        {
            await new Dotnet(RootDirectory).RunAsync(CompileArguments, token);
            return "no warnings";
        }));

    Target Test => _ => _
        .Description("Runs unit, integration and build tests on real parts; the last line counts them")
        .DependsOn(Compile)
        .Executes(() => DevelopAsync("Test", new TestRun(RootDirectory).RunAsync));

    Target Bench => _ => _
        .Description("Runs a benchmark (--suite backup, history or logins-under-migration) and prints ratios against peers in the same run")
        .Executes(() => DevelopAsync("Bench", new BenchRun(
            RootDirectory, Suite, ("--size", Size), ("--users", Users), ("--rounds", Rounds), ("--only", Only), ("--histories", Histories), ("--layout", Layout)).RunAsync));
}
