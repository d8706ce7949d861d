using Belay.Postgres;
using Belay.Preflight;

namespace Belay.Tests.Preflight;

public sealed class ToolChoiceTests
{
    private static readonly PostgresTools Old = new("/usr/lib/postgresql/13/bin", "13.20", HasServer: true);
    private static readonly PostgresTools Same = new("/usr/lib/postgresql/15/bin", "15.18", HasServer: true);
    private static readonly PostgresTools Newer = new("/usr/lib/postgresql/17/bin", "17.2", HasServer: false);

    [Fact]
    public void Prefers_the_server_s_own_version_so_that_the_archive_restores_there()
    {
        var (tools, finding) = ToolChoice.Choose([Newer, Same, Old], 15);

        Assert.Equal(Same, tools);
        Assert.Equal(new Finding(FindingSeverity.Information, "pg_dump 15.18 in /usr/lib/postgresql/15/bin"), finding);
    }

    [Fact]
    public void Takes_the_nearest_newer_version_otherwise() => Assert.Equal(Same, ToolChoice.Choose([Newer, Same, Old], 14).Tools);

    [Fact]
    public void Takes_the_preferred_of_two_installations_of_the_same_version()
    {
        var chosen = Same with { Folder = "/opt/pg/bin" };

        Assert.Equal(chosen, ToolChoice.Choose([chosen, Newer, Same], 15).Tools);
    }

    [Fact]
    public void Refuses_a_pg_dump_older_than_the_server()
    {
        var (tools, finding) = ToolChoice.Choose([Same, Old], 16);

        Assert.Null(tools);
        Assert.Equal(
            (FindingSeverity.Refusal, "pg_dump 15.18 is older than the server, which is version 16: it refuses to dump it"),
            (finding.Severity, finding.Message));
        Assert.Contains("16", finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_machine_without_pg_dump()
    {
        var (tools, finding) = ToolChoice.Choose([], 15);

        Assert.Null(tools);
        Assert.Equal((FindingSeverity.Refusal, "There is no pg_dump on this machine"), (finding.Severity, finding.Message));
        Assert.Contains("PG_BIN", finding.Hint, StringComparison.Ordinal);
    }
}
