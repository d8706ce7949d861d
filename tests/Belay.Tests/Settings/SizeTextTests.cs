using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class SizeTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("812B", 812)]
    [InlineData("1KB", 1000)]
    [InlineData("1KiB", 1024)]
    [InlineData("100 GiB", 100L << 30)]
    [InlineData("2TB", 2_000_000_000_000)]
    public void Reads_a_number_with_a_unit(string text, long expected)
    {
        Assert.True(SizeText.TryParse(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("100")]
    [InlineData("-1GiB")]
    [InlineData("1.5GiB")]
    [InlineData("1G")]
    [InlineData("999999999999PiB")]
    public void Takes_nothing_else(string? text) => Assert.False(SizeText.TryParse(text, out _));
}
