using System.Text.RegularExpressions;

namespace Belay.Tests.House;

/// <summary>The pipelines of this repository, and those that <c>belay init</c> writes into others.</summary>
public sealed partial class PipelineFileTests
{
    private const string Templates = "src/Belay.Tool/Initialization/Templates";

    private static readonly string[] Folders = [".github/workflows", ".gitlab", ".azure-pipelines", Templates];

    public static TheoryData<string> Files =>
        [
            .. Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(Checkout.Root, folder), "*.yml")).Select(Checkout.Name),
            "action.yml",
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Pins_every_action_by_its_commit_with_the_tag_beside_it(string file)
        => Assert.All(Lines(file).Where(
            line => line.Contains("uses: ", StringComparison.Ordinal) && !line.TrimStart().StartsWith('#')), line
            => Assert.Matches(Pinned(), line));

    [Theory]
    [MemberData(nameof(Files))]
    public void Makes_nothing_that_was_typed_part_of_a_script(string file)
        => Assert.DoesNotContain(Scripts(file), line => line.Contains("${{", StringComparison.Ordinal)
            || line.Contains("$[[", StringComparison.Ordinal)
            || line.Contains("$(", StringComparison.Ordinal));

    [Theory]
    [InlineData(".github/workflows/release.yml")]
    [InlineData(".github/workflows/cleanup-backups.yml")]
    [InlineData($"{Templates}/github-release.yml")]
    [InlineData($"{Templates}/github-cleanup.yml")]
    public void Lets_a_job_ask_for_a_token_of_its_identity_only_where_it_logs_in_with_it(string file)
    {
        var jobs = Job().Split(string.Join('\n', Lines(file)));

        Assert.DoesNotContain("id-token", jobs[0], StringComparison.Ordinal);
        Assert.All(jobs.Skip(1), job => Assert.Equal(
            job.Contains("id-token: write", StringComparison.Ordinal), job.Contains("uses: azure/login@", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(".gitlab/belay.yml")]
    [InlineData(".azure-pipelines/belay.yml")]
    public void Has_the_tested_step_in_a_template_that_is_included_without_its_file(string file)
    {
        var step = string.Concat(Lines(".ci/step.sh").Skip(1).Select(line => line.Length == 0 ? "\n" : $"      {line}\n"));

        Assert.Contains(step.TrimEnd(), string.Join('\n', Lines(file)), StringComparison.Ordinal);
    }

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Checkout.Root, file));

    /// <summary>The lines of a file's scripts: what stands on the line of its key, and the block below it that is indented
    /// further.</summary>
    private static IEnumerable<string> Scripts(string file)
    {
        int? column = null;
        foreach (var line in Lines(file))
        {
            if (column is { } start && (line.Length == 0 || line.Length - line.TrimStart().Length > start))
            {
                yield return line;
                continue;
            }

            column = Script().Match(line) is { Success: true } key ? key.Groups["before"].Length : null;
            if (column is not null)
            {
                yield return line;
            }
        }
    }

    [GeneratedRegex(@"uses: [\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"^(?<before>\s*(- )?)(run|bash|script|before_script|inlineScript):")]
    private static partial Regex Script();

    [GeneratedRegex(@"\n  (?=[a-z-]+:\n    (?:if|runs-on):)")]
    private static partial Regex Job();
}
