using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class TextPositionTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 2, 1)]
    [InlineData(5, 3, 2)]
    public void Counts_lines_and_characters_from_1(int offset, int line, int column)
    {
        Assert.Equal(new TextPosition(offset, line, column), TextPosition.Start.To("ab\n\ncd", offset));
        Assert.Equal(new TextPosition(5, 3, 2), TextPosition.Start.To("ab\n\ncd", offset).To("ab\n\ncd", 5));
    }
}
