using System.Text.RegularExpressions;
using Build.Tests.Support;

namespace Build.Tests.Consumers;

/// <summary>The tool and the build are two ways into one release: what they decide and say is the same.</summary>
public sealed partial class SameReleaseTests(ReleaseWorld world)
{
    // NUKE pads its summary with it.
    private const char NoBreak = '\u00a0';

    private const string Frames = @"╬|║|═|─|\d\d:\d\d:\d\d |\[WRN\]|\[ERR\]";
    private const string Lines =
        @"NUKE |Target |Total |Build |Belay \d|Succeeded|Failed with|Errors & |Compiling the build|Restoring the packages|Nuke\.Common is not";
    private const string Rows =
        "(Preflight|Backup|Migrate|Verify|SmokeTest|Status|CleanupBackups|Rollback) +(Succeeded|Failed|Skipped|NotRun)";

    private static readonly string[][] Commands =
    [
        ["Migrat"],
        ["Verify", "--dry-run"],
        ["Migrate", "--migrations", "none"],
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
        await using var built = await world.NewReleaseAsync(Token);
        await using var tooled = await world.NewReleaseAsync(Token);

        List<string> differences = [];
        foreach (var command in Commands)
        {
            var (build, tool) = (await built.BuildAsync(command), await tooled.BelayAsync(command));
            differences.AddRange(
                Differences(string.Join(' ', command), (build.ExitCode, Said(built, build)), (tool.ExitCode, Said(tooled, tool))));
        }

        Assert.Empty(differences);
    }

    private static IEnumerable<string> Differences(
        string command, (int ExitCode, IReadOnlyList<string> Lines) build, (int ExitCode, IReadOnlyList<string> Lines) tool) =>
    [
        .. build.ExitCode == tool.ExitCode
            ? []
            : new[] { $"{command}: exit code {build.ExitCode} of the build, {tool.ExitCode} of the tool" },
        .. build.Lines.Count > 0 ? [] : new[] { $"{command}: the build said nothing" },
        .. build.Lines.Except(tool.Lines).Select(line => $"{command}: only the build said: {line}"),
        .. tool.Lines.Except(build.Lines).Select(line => $"{command}: only the tool said: {line}"),
    ];

    /// <summary>What the release said, in the order of the text: without engine and tool, and without
    /// what differs from run to run.</summary>
    private static IReadOnlyList<string> Said(ReleaseUnderTest release, BuildOutcome outcome)
        => [.. WithoutWidths(outcome.Output.Replace(NoBreak, ' ').Split('\n').Select(line => line.TrimEnd('\r'))
            .Where(line => line.Length > 0 && !Host().IsMatch(line))
            .Select(
                line => Program().Replace(line.Replace("belay new add_x makes a first one; ", "", StringComparison.Ordinal), "<program> "))
            .Select(
                line => line.Replace(release.Root, "<root>", StringComparison.Ordinal)
                    .Replace(release.Database, "<database>", StringComparison.Ordinal))
            .Select(line => Varying().Replace(line, "#")))];

    /// <summary>The words of tables in place of their lines, which are as wide and as many as the age of a backup makes them.</summary>
    private static IEnumerable<string> WithoutWidths(IEnumerable<string> lines)
    {
        var all = lines.ToLookup(line => line is ['|' or '+', ..]);
        var words = all[true].SelectMany(line => line.Split([' ', '|', '+', '-'], StringSplitOptions.RemoveEmptyEntries)).Except(["min"]);
        return [.. all[false], .. words.Distinct().Order(StringComparer.Ordinal).Select(word => $"in a table: {word}")];
    }

    /// <summary>Headings, summaries, logs and the first line.</summary>
    [GeneratedRegex($"^({Frames}|{Lines}|{Rows})")]
    private static partial Regex Host();

    [GeneratedRegex(@"(\./build\.sh|belay) (?=[A-Z]|--)")]
    private static partial Regex Program();

    [GeneratedRegex(@"[0-9a-f]{8,}|\d+(\.\d+)?")]
    private static partial Regex Varying();
}
