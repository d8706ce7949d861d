using System.Text.RegularExpressions;
using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>Somebody follows the README to the letter with a database of their own.</summary>
public sealed partial class ReadmeTests(ReleaseWorld world)
{
    [Fact]
    public async Task The_commands_for_a_reader_s_own_database_never_run_this_repository_s_example_on_it()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var section = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), Token))
            .Split("\n## ")
            .Single(part => part.StartsWith("Your database", StringComparison.Ordinal));
        var commands = Command()
            .Matches(section)
            .Select(match => match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToList();

        Assert.True(
            section.IndexOf("**Name your own folder", StringComparison.Ordinal) < section.IndexOf("./build.sh", StringComparison.Ordinal),
            "the warning stands behind the first command");
        Assert.Equal(["Preflight", "Migrate", "Migrate"], commands.Select(words => words[0]));
        foreach (var words in commands)
        {
            (await release.BuildAsync(words))
                .MustExitWith(2)
                .MustPrint("Migration file not found: there is no folder ")
                .MustPrint("Hint: ");
        }

        Assert.Empty(release.StoredFiles);
        Assert.Equal(0, await release.CountNewColumnsAsync());
    }

    [Fact]
    public async Task Preflight_says_whose_migrations_would_run_on_what_and_that_this_is_the_first_release()
    {
        await using var release = await world.NewReleaseAsync(Token);

        (await release.BuildAsync("Preflight")).MustExitWith(0)
            .MustPrint($"Pending in {release.Migrations}: 0001_add_user_analysis_preferences.sql; by its words it touches user")
            .MustPrint("This is the first release to this database, which has ")
            .MustPrint("./build.sh Baseline records them without running them, and ./build.sh Adopt takes over another tool's history");
    }

    [GeneratedRegex(@"^\./build\.sh ([^#\n]+)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
