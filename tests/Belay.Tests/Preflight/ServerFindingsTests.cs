using Belay.Postgres;
using Belay.Preflight;
using Belay.Settings;

namespace Belay.Tests.Preflight;

public sealed class ServerFindingsTests
{
    private static readonly ServerFacts Good = new()
    {
        VersionText = "PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu",
        VersionNumber = 150018,
        SizeBytes = 8 << 20,
        IsInRecovery = false,
        IsReadOnly = false,
        Role = "ann",
    };

    [Fact]
    public void Says_where_it_is_connected()
        => Assert.Equal([new Finding(FindingSeverity.Information, "Connected to db:5432/shop as \"ann\", 8.0 MiB")], Of(Good));

    [Fact]
    public void Refuses_a_server_older_than_the_guide_allows()
        => Assert.Equal(
            new Finding(
                FindingSeverity.Refusal, "PostgreSQL 9.4.26 is older than 9.5, the oldest that Belay migrates", "upgrade the server"),
            Of(Good with { VersionText = "PostgreSQL 9.4.26 on x", VersionNumber = 90426 })[1]);

    [Theory]
    [InlineData(90500, 1)]
    [InlineData(110022, 1)]
    [InlineData(120000, 0)]
    public void Warns_below_version_12(int number, int warnings)
        => Assert.Equal(warnings, Of(Good with { VersionNumber = number }).Count(finding => finding.Severity == FindingSeverity.Warning));

    [Fact]
    public void Refuses_a_standby()
        => Assert.Equal(
            (FindingSeverity.Refusal, "db:5432/shop is a standby: it takes no changes"),
            Second(Good with { IsInRecovery = true, IsReadOnly = true }));

    [Fact]
    public void Refuses_a_role_whose_transactions_are_read_only()
        => Assert.Equal(
            (FindingSeverity.Refusal, "Transactions of \"ann\" on db:5432/shop are read-only (default_transaction_read_only is on)"),
            Second(Good with { IsReadOnly = true }));

    private static (FindingSeverity Severity, string Message) Second(ServerFacts facts)
    {
        var findings = Of(facts);
        Assert.Equal(2, findings.Count);
        return (findings[1].Severity, findings[1].Message);
    }

    private static List<Finding> Of(ServerFacts facts) => [.. ServerFindings.Of(facts, DatabaseUrl.Parse("postgresql://ann@db/shop"))];
}
