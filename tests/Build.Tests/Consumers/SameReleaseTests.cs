using System.Text.RegularExpressions;
using Build.Tests.Support;

namespace Build.Tests.Consumers;

/// <summary>The tool and the build are two ways into one release: what they decide and say is the same.</summary>
public sealed partial class SameReleaseTests(ReleaseWorld world)
{
    private static readonly string[][] Commands =
    [
        ["Migrat"],
        ["Verify", "--dry-run"],
        ["Migrate", "--migrations", "none"],
        ["SmokeTest", "--smoke-deadline", "1s"],
        ["Preflight"],
        ["Migrate", "--dry-run"],
        ["Migrate", "--skip", "Backup"],
        ["migrate"],
        ["Migrate"],
        ["verify", "smoke-test"],
        ["Status"],
        ["cleanup-backups", "--dry-run"],
        ["Rollback"],
    ];

    [Fact]
    public async Task Every_command_ends_with_the_same_exit_code_and_says_the_same()
    {
        await using var built = await world.NewReleaseAsync(TestContext.Current.CancellationToken);
        await using var tooled = await world.NewReleaseAsync(TestContext.Current.CancellationToken);

        foreach (var command in Commands)
        {
            var build = await built.BuildAsync(command);
            var tool = await tooled.BelayAsync(command);

            Assert.Equal((string.Join(' ', command), build.ExitCode, Said(built, build)), (string.Join(' ', command), tool.ExitCode, Said(tooled, tool)));
        }
    }

    /// <summary>What the release said, in the order of the text: without engine and tool, and without what differs from run to run.</summary>
    private static string Said(ReleaseUnderTest release, BuildOutcome outcome)
        => string.Join('\n', outcome.Output.Split('\n').Select(line => line.TrimEnd('\r'))
            .Where(line => line.Length > 0 && !Host().IsMatch(line))
            .Select(line => Varying().Replace(
                line.Replace(release.Root, "<root>", StringComparison.Ordinal).Replace(release.Database, "<database>", StringComparison.Ordinal)
                    .Replace("belay --help", "./build.sh --help", StringComparison.Ordinal).Replace("belay S", "./build.sh S", StringComparison.Ordinal),
                "#"))
            .Order(StringComparer.Ordinal));

    /// <summary>Headings, summaries, logs and the first line.</summary>
    [GeneratedRegex(@"^(╬|║|═|─|NUKE |Target |Total |Build |Belay \d|Succeeded|Failed with|Errors & |\d\d:\d\d:\d\d |\[WRN\]|\[ERR\]|(Preflight|Backup|Migrate|Verify|SmokeTest|Status|CleanupBackups|Rollback) +(Succeeded|Failed|Skipped|NotRun))")]
    private static partial Regex Host();

    [GeneratedRegex(@"[0-9a-f]{8,}|\d+(\.\d+)?")]
    private static partial Regex Varying();
}
