using System.Text.RegularExpressions;

namespace Belay.Tests.House;

/// <summary>A member of the build that has the name of one of NUKE's hides it, which stops the compiler on NUKE,
/// and on NUKE alone.</summary>
public sealed partial class EngineMemberTests
{
    /// <summary>What a class inherits from NukeBuild 10.1.0.</summary>
    private static readonly IReadOnlyList<string> Inherited =
    [
        "AbortedTargets",
        "BuildAssemblyDirectory",
        "BuildAssemblyFile",
        "BuildProjectDirectory",
        "BuildProjectFile",
        "Continue",
        "EmbeddedPackagesDirectory",
        "Execute",
        "ExecutionPlan",
        "ExitCode",
        "FailedTargets",
        "FinishedTargets",
        "Help",
        "Host",
        "InvokedTargets",
        "IsFailing",
        "IsFinished",
        "IsLocalBuild",
        "IsServerBuild",
        "IsSucceeding",
        "LoadedLocalProfiles",
        "NoLogo",
        "NpmPackageJsonFile",
        "NuGetAssetsConfigFile",
        "NuGetPackagesConfigFile",
        "Partition",
        "Plan",
        "ReportSummary",
        "RootDirectory",
        "RunningTargets",
        "ScheduledTargets",
        "SkippedTargets",
        "SucceededTargets",
        "TemporaryDirectory",
        "Verbosity",
    ];

    [Fact]
    public void No_member_of_the_build_hides_one_of_the_engines()
    {
        var hiding = Checkout.Files("build").Where(file => Path.GetFileName(file).StartsWith("Build.", StringComparison.Ordinal))
            .SelectMany(file => Hiding(File.ReadAllText(file)).Select(name => $"{Checkout.Name(file)}: {name}"));

        Assert.Empty(hiding);
    }

    [Fact]
    public void A_member_that_hides_one_is_seen_and_neither_an_override_nor_a_use_is_taken_for_one()
        => Assert.Equal(["Host", "Plan", "Verbosity", "Execute"], Hiding(
            """
            sealed partial class Build : INukeBuild
            {
                static ReleaseHost Host => new()
                {
                    Plan = 1,
                };

                Plan Plan => Plan.Of(Host);
                readonly Dictionary<string, int> Verbosity = [];
                bool INukeBuild.Plan => false;
                public override bool Help => NoLogo;
                public static int Main() => Execute<Build>();
                Task<int> Execute(int count) => Host;
            }
            """));

    private static IEnumerable<string> Hiding(string text)
        => Declaration().Matches(text).Select(match => match.Groups["name"].Value).Where(Inherited.Contains);

    // A member of a class stands four spaces in; an interface's own has a dot before its name, not a blank.
    [GeneratedRegex(
        @"^ {4}(?!.*\boverride\b)\w[\w.<>?,\[\] ]* (?<name>\w+) ?(?:=>|=|\{|;|\(|\r?$)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();
}
