using Belay.Nuke;
using Nuke.Common;

sealed partial class Build
{
    static readonly string[] CompileArguments =
        ["build", "Belay.slnx", "--nologo", "-v", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false"];

    Target Compile => _ => _
        .Description(DevelopmentTargets.Compile.Description)
        .Executes(() => DevelopAsync("Compile", async token =>
        {
            await new Dotnet(Root).RunAsync(CompileArguments, token);
            return "no warnings";
        }));

    Target Test => _ => _
        .Description(DevelopmentTargets.Test.Description)
        .DependsOn(Compile)
        .Executes(() => DevelopAsync("Test", new TestRun(Root).RunAsync));

    Target Refresh => _ => _
        .Description(DevelopmentTargets.Refresh.Description)
        .Executes(() => DevelopAsync("Refresh", new Declared(Root).RefreshAsync));

    Target Pack => _ => _
        .Description(DevelopmentTargets.Pack.Description)
        .Executes(() => DevelopAsync("Pack", new PackRun(Root).RunAsync));

    Target Bench => _ => _
        .Description(DevelopmentTargets.Bench.Description)
        .Executes(() => DevelopAsync("Bench", new BenchRun(
            Root,
            Suite,
            ("--size", Size),
            ("--users", Users),
            ("--report", Report),
            ("--rounds", Rounds),
            ("--only", Only),
            ("--histories", Histories),
            ("--layout", ((IReleaseParameters)this).Layout)).RunAsync));

    Task DevelopAsync(string target, Func<CancellationToken, Task<string>> work) => Own.RunAsync(this, target, work);
}
