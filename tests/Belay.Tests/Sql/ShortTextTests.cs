using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class ShortTextTests
{
    [Theory]
    [InlineData("abcde", 5, "abcde")]
    [InlineData("abcdef", 5, "abcde…")]
    [InlineData("ab\ud83d\ude00cd", 3, "ab…")]
    [InlineData("ab\ud83d\ude00cd", 4, "ab\ud83d\ude00…")]
    [InlineData("", 5, "")]
    public void Cuts_no_character_in_two(string text, int length, string cut) => Assert.Equal(cut, ShortText.Cut(text, length));

    [Theory]
    [InlineData(0, "0123…", 0)]
    [InlineData(2, "0123…", 2)]
    [InlineData(3, "…1234…", 3)]
    [InlineData(5, "…3456…", 3)]
    [InlineData(8, "…6789", 3)]
    [InlineData(9, "…6789", 4)]
    public void Shows_what_stands_around_a_column_and_where_it_is_in_that(int column, string text, int place)
    {
        Assert.Equal((text, place), ShortText.Around("0123456789", column, 4));
        Assert.Equal(("0123", column), ShortText.Around("0123", column, 4));
        Assert.Equal(("012", column), ShortText.Around("012", column, 4));
    }

    [Fact]
    public void Begins_with_a_whole_character()
        => Assert.Equal(("…\ud83d\ude0023…", 4), ShortText.Around("ab\ud83d\ude0023456789", 5, 4));
}
