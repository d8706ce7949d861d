using System.Text.RegularExpressions;
using Build.Tests.Engine.Samples;

namespace Build.Tests.Engine;

[Collection(EngineCollection.Name)]
public sealed partial class OutputTests : IDisposable
{
    private const string Password = "p@ss/word 1";

    private readonly EngineRun engine = new();

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Masks_secrets_wherever_a_target_prints_them()
    {
        var outcome = engine.With("PASSWORD", Password).Run<SecretBuild>("Leak").MustExitWith(-1);

        Assert.DoesNotContain(Password, outcome.Output + outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(Password), outcome.Output, StringComparison.Ordinal);
        Assert.Equal("error ***\n", outcome.Error);
        Assert.All(
            ["console ***\n", "char array ***\n", "[INF] log ***\n", "[WRN] interpolated ***\n", "encoded ***\n", "exception ***\n", "// Password: ***, InvalidOperationException: exception ***"],
            text => Assert.Contains(text, outcome.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Prints_headings_warnings_and_the_table_as_NUKE_does()
    {
        var output = engine.Run<ChainBuild>("Backup", "--no-logo").MustExitWith(0).Output;

        Assert.Equal(
            """

            ╬══════════════
            ║ Preflight
            ╬═════
            ran Preflight

            ╬═══════════
            ║ Backup
            ╬══
            <time> [WRN] backup taken
            ran Backup

            ╬══════════════════════
            ║ Errors & Warnings
            ╬═════════════
            [WRN] Backup: backup taken

            ═══════════════════════════════════════
            Target             Status      Duration
            ───────────────────────────────────────
            Preflight          Succeeded     < 1sec
            Backup             Succeeded     < 1sec
            ───────────────────────────────────────
            Total                            < 1sec
            ═══════════════════════════════════════

            Build succeeded on 11/22/2026 11:30:48. ＼（＾ᴗ＾）／

            """,
            Times().Replace(output, "<time>"));
    }

    [Fact]
    public void Leaves_targets_without_actions_out_of_the_table()
        => Assert.DoesNotContain("Everything", engine.Run<ChainBuild>("Everything").MustExitWith(0).Output, StringComparison.Ordinal);

    [Fact]
    public void Quiet_leaves_out_headings_and_logs_but_not_the_table()
    {
        var output = engine.Run<ChainBuild>("Backup", "--no-logo", "--verbosity", "quiet").MustExitWith(0).Output;

        Assert.DoesNotContain('╬', output);
        Assert.DoesNotContain(":", output[..output.IndexOf('═', StringComparison.Ordinal)].Replace("[WRN] Backup: backup taken", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Backup             Succeeded     < 1sec\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_lists_targets_with_dependencies_and_parameters()
    {
        var output = engine.RunWithDefault<ChainBuild>([build => build.Migrate], "--help").MustExitWith(0).Output;

        Assert.Equal(
            """
            Targets (with their direct dependencies):

              Preflight
                Looks
              Backup              -> Preflight
              Migrate (default)   -> Backup
              Verify
              SmokeTest
              Cleanup

            Parameters:

              --fail-in         The target that fails
              --cancel-in       The target that is cancelled
              --no-backup       Leaves the backup out
              --no-smoke-test   Leaves the smoke test out

              --target          List of targets to be invoked. Default is the default target
              --skip            List of targets to be skipped. Empty list skips all dependencies
              --profile         Defines the profiles to load: .nuke/parameters.<profile>.json
              --root            Root directory. Default is the nearest parent with a folder .nuke
              --verbosity       How much is printed: verbose, normal, minimal or quiet. Default is 'normal'
              --no-logo         Leaves out the first line
              --plan            Shows what would run, in which order, as text
              --help            Shows this text

            """,
            output);
    }

    [Fact]
    public void Help_leaves_hidden_parameters_out()
    {
        var output = engine.Run<ParameterBuild>("--help").MustExitWith(0).Output;

        Assert.DoesNotContain("--hidden", output, StringComparison.Ordinal);
        Assert.Contains("--retry-count          <no description>\n", output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\d\d:\d\d:\d\d(?= \[)")]
    private static partial Regex Times();
}
