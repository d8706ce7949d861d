using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class MigrationVersionTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("0007", "7")]
    [InlineData("20191100000001000000", "20191100000001000000")]
    [InlineData("1.2", "1.0002")]
    [InlineData("1_2", "1.0002")]
    [InlineData("01.002", "1.0002")]
    [InlineData("1.10", "1.001")]
    [InlineData("1.0", "1")]
    [InlineData("1234567890123456789012345678", "1234567890123456789012345678")]
    [InlineData("2024.01.31.1200", "2024.0001003112")]
    [InlineData("1.20240131", "1.99990820240131")]
    public void Makes_one_number_of_a_version(string text, string expected)
    {
        Assert.True(MigrationVersion.TryParse(text, out var version));
        Assert.Equal(expected, $"{version}");
    }

    [Fact]
    public void Orders_versions_by_their_parts()
    {
        string[] ordered =
        [
            "0.1",
            "1",
            "1.1",
            "1.2",
            "1.2.1",
            "1.10",
            "1.9999",
            "1.10000",
            "1.20240131",
            "1.20240201",
            "1.20240131120000",
            "2",
            "10",
            "20240131120000",
        ];
        Assert.Equal(ordered, ordered.Reverse().OrderBy(text => MigrationVersion.TryParse(text, out var version) ? version : -1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("1.")]
    [InlineData("1..2")]
    [InlineData("v1")]
    [InlineData("-1")]
    [InlineData("12345678901234567890123456789")]
    [InlineData("1.1.1.1.1.1.1.1.1")]
    [InlineData("٣")]
    public void Refuses_what_one_number_cannot_hold(string? text) => Assert.False(MigrationVersion.TryParse(text, out _));
}
