using System.Text.RegularExpressions;
using Belay.Arguments;
using Belay.Releases;
using Belay.Releases.Stages;

namespace Belay.Tests.Arguments;

/// <summary>Every command that the pages on targets, backups and failures tell to type exists, with its parameters.</summary>
public sealed partial class DocumentedCommandsTests : IDisposable
{
    private static readonly Dictionary<string, string> Examples = new()
    {
        ["<id>"] = "20251012T103000Z-3f9c2a7d", ["<folder>"] = "fetched", ["<database>"] = "app", ["<version>"] = "3",
    };

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("belay-documented-");

    public void Dispose() => root.Delete(recursive: true);

    [Theory]
    [InlineData("backups.md", 6)]
    [InlineData("reference.md", 18)]
    [InlineData("runbook.md", 12)]
    [InlineData("troubleshooting.md", 10)]
    public void Exist(string page, int least)
    {
        var text = File.ReadAllText(Path.Combine(FindCheckout(AppContext.BaseDirectory), "docs", page));
        var commands = Quoted().Matches(text).Concat(Lines().Matches(text)).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(commands.Count >= least, $"only {commands.Count} commands were found in {page}");
        Assert.All(commands, command => Assert.NotEmpty(Check(command).Targets));
    }

    private RunArguments Check(string command)
    {
        var words = Words()
            .Matches(command.Split(" #")[0].Split(">>")[0])
            .Select(match => match.Value.Trim('"'))
            .Select(word => Examples.GetValueOrDefault(word, word));
        return new ArgumentCheck(ReleaseParameters.All, [.. ReleaseStages.All.Select(target => target.Name)])
            .Read(new ArgumentSources { Words = [.. words], Environment = new Dictionary<string, string>(), RootFolder = root.FullName });
    }

    private static string FindCheckout(string folder)
        => File.Exists(Path.Combine(folder, "Belay.slnx"))
            ? folder
            : FindCheckout(
                Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))
                    ?? throw new InvalidOperationException("The tests do not run inside a checkout."));

    [GeneratedRegex(@"`\./build\.sh ([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(?:[^`\n]*&& )?\./build\.sh ([^`\n]+)$", RegexOptions.Multiline)]
    private static partial Regex Lines();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();
}
