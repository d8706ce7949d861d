using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData(" 5 min ", 300_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("7d", 604_800_000)]
    [InlineData("3650d", 315_360_000_000)]
    public void Reads_a_number_with_a_unit(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("1.5h")]
    [InlineData("5m")]
    [InlineData("5 minutes")]
    [InlineData("3651d")]
    [InlineData("999999999999999h")]
    [InlineData("9999999999999999999ms")]
    public void Takes_nothing_else(string? text) => Assert.False(DurationText.TryParse(text, out _));
}
