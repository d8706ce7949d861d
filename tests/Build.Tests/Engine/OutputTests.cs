using System.Text.RegularExpressions;
using Build.Tests.Engine.Samples;

namespace Build.Tests.Engine;

[Collection(EngineCollection.Name)]
public sealed partial class OutputTests
{
    [Fact]
    public void Prints_headings_warnings_and_the_table_as_NUKE_does()
    {
        var output = EngineRun.Of<ChainBuild>("Backup", "--no-logo").MustExitWith(0).Output;

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
            ran finished:well

            """,
            Times().Replace(output, "<time>"));
    }

    [Fact]
    public void Leaves_targets_without_actions_out_of_the_table()
        => Assert.DoesNotContain("Everything", EngineRun.Of<ChainBuild>("Everything").MustExitWith(0).Output, StringComparison.Ordinal);

    [Fact]
    public void Quiet_leaves_out_headings_and_logs_but_not_the_table()
    {
        var output = EngineRun.Of<ChainBuild>("Backup", "--no-logo", "--verbosity", "quiet").MustExitWith(0).Output;

        Assert.DoesNotContain('╬', output);
        Assert.DoesNotContain(
            ":",
            output[..output.IndexOf('═', StringComparison.Ordinal)]
                .Replace("[WRN] Backup: backup taken", string.Empty, StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains("Backup             Succeeded     < 1sec\n", output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\d\d:\d\d:\d\d(?= \[)")]
    private static partial Regex Times();
}
