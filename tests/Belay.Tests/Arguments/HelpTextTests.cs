using Belay.Arguments;
using Belay.Releases;
using Belay.Releases.Stages;

namespace Belay.Tests.Arguments;

public sealed class HelpTextTests
{
    private static readonly IReadOnlyList<NamedTarget> Targets =
    [
        .. ReleaseStages.All,
        new NamedTarget { Name = "Bench", Description = "Runs a benchmark", IsForDevelopment = true },
    ];

    [Fact]
    public void Its_first_screen_names_five_targets_and_where_the_rest_is() => Assert.Equal(
        """
        Belay releases database migrations to PostgreSQL: it looks, takes a backup and proves it, runs what is pending, checks, logs in,
        and refuses to migrate without the proven backup.

          ./build.sh [Targets] [--parameter value]

          Preflight   Looks at database, store, migrations and other sessions; changes nothing
          Migrate     The whole release: runs the pending migrations behind a proven backup, then Verify and SmokeTest
          Rollback    Emergency: runs the newest migration's rollback script behind backup and gate; needs --confirm <database>
          Restore     Emergency: puts a backup in the place of the database, which stays under another name; or beside it: --to-new name
          Status      Shows applied and pending migrations, and the backups

        To try it without servers of your own: ./build.sh Migrate --profile local
        Settings stand on the command line, in the environment (--lock-timeout is LOCK_TIMEOUT), in .env or in .nuke/parameters.json.

          ./build.sh --help Migrate   what a target can be told, with defaults and an example; the same for --help lock-timeout
          ./build.sh --help all       all targets and all parameters
        """,
        Text(),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void A_target_s_page_has_what_runs_before_it_its_own_parameters_with_defaults_and_an_example()
    {
        var page = Text("cleanup-backups");

        Assert.StartsWith("./build.sh CleanupBackups --dry-run\n\nDeletes backups older than", page, StringComparison.Ordinal);
        Assert.Contains("\n  --retention-days ", page, StringComparison.Ordinal);
        Assert.Contains("How many days backups are kept (default: 7)", page, StringComparison.Ordinal);
        Assert.Contains("\n  BACKUP_KEY ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("--lock-timeout", page, StringComparison.Ordinal);
        Assert.Contains("\nBefore it runs: Preflight, Backup; their parameters count too.\n", Text("Migrate"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_s_page_says_where_it_may_stand_and_who_heeds_it() => Assert.Equal(
        """
        --retention-days

        How many days backups are kept (default: 7)
        It is on the command line --retention-days, in the environment or in .env RETENTION_DAYS, in .nuke/parameters.json RetentionDays.
        Targets: Backup, Rollback, VerifyBackup, CleanupBackups
        """,
        Text("--retention-days"),
        ignoreLineEndingDifferences: true);

    [Theory]
    [InlineData("Migrat", "\"Migrat\" is no target and no parameter; did you mean Migrate?\n\nBelay releases")]
    [InlineData("lock-timeot", "\"lock-timeot\" is no target and no parameter; did you mean lock-timeout?\n\nBelay releases")]
    public void Guesses_a_topic_that_is_mistyped(string topic, string expected)
        => Assert.StartsWith(expected, Text(topic), StringComparison.Ordinal);

    [Fact]
    public void Everything_has_all_targets_and_parameters_and_what_no_release_needs_apart()
    {
        var lines = Text("all").Split('\n');

        Assert.All(ReleaseParameters.All, parameter => Assert.Contains(
            lines, line => line.StartsWith($"  {parameter.Option} ", StringComparison.Ordinal)
                || line.StartsWith($"  {parameter.Variable} ", StringComparison.Ordinal)));
        Assert.All(Targets, target => Assert.Contains(
            lines, line => line == $"  {target.Name}" || line.StartsWith($"  {target.Name} ->", StringComparison.Ordinal)));
        Assert.True(
            Array.IndexOf(lines, "  Bench") > Array.IndexOf(lines, "For trying Belay and for the work on it; no release needs them:"));
    }

    [Fact]
    public void Every_parameter_is_on_the_page_of_a_target_but_that_of_the_record_of_all() => Assert.Equal(
        ["release-outputs"],
        ReleaseParameters.All.Except(ReleaseStages.All.SelectMany(stage => stage.Parameters)).Select(parameter => parameter.Name));

    private static string Text(params string[] topics)
        => string.Join('\n', HelpText.Lines(topics, Targets, ReleaseParameters.All, OptionSet.OfBuild)).ReplaceLineEndings("\n");
}
