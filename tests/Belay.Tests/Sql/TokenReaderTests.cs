using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class TokenReaderTests
{
    [Fact]
    public void Takes_keywords_only_when_all_of_them_come_next()
    {
        var reader = TokenReader.Of("if NOT exists a");
        Assert.False(reader.Take("IF", "EXISTS"));
        Assert.True(reader.Take("IF", "NOT", "EXISTS"));
        Assert.False(reader.Take("A", "B"));
        Assert.False(reader.AtEnd);
        Assert.True(reader.Take("A"));
        Assert.True(reader.AtEnd);
        Assert.False(reader.Take("A"));
    }

    [Fact]
    public void Reads_no_more_tokens_than_it_was_told()
    {
        var reader = TokenReader.Of("a b c", 2);
        Assert.True(reader.Take("A", "B"));
        Assert.True(reader.AtEnd);
    }

    [Fact]
    public void Goes_back_to_a_place()
    {
        var reader = TokenReader.Of("a b");
        var mark = reader.Mark();
        reader.Skip();
        Assert.False(reader.PeekAny(["A"]));
        reader.Return(mark);
        Assert.True(reader.PeekAny(["B", "A"]));
        Assert.True(reader.TakeAny(["B", "A"]));
        Assert.False(reader.TakeAny(["A", "C"]));
        reader.Skip();
        Assert.False(reader.PeekAny(["B"]));
    }

    [Fact]
    public void Skips_past_the_first_of_some_keywords_and_all_of_others()
    {
        var reader = TokenReader.Of("a b \"c\" c d d e d f");
        Assert.Equal("C", reader.SkipPast("X", "C"));
        reader.SkipAll("E", "D");
        Assert.True(reader.PeekAny(["F"]));
        Assert.Null(reader.SkipPast("A"));
        Assert.True(reader.AtEnd);
    }

    [Theory]
    [InlineData("a (b, c), d", true, "d")]
    [InlineData("a ((b, c), c), d", true, "d")]
    [InlineData(", d", true, "d")]
    [InlineData("a) , b", false, null)]
    [InlineData("(a, b", false, null)]
    public void Skips_past_a_symbol_outside_brackets(string text, bool found, string? next)
    {
        var reader = TokenReader.Of(text);
        Assert.Equal((found, next), (reader.SkipPastSymbol(','), reader.TakeIdentifier()));
    }

    [Theory]
    [InlineData("Name x", null, "name")]
    [InlineData("s.\"N\"\"x\" (", "s", "N\"x")]
    [InlineData("db . S . t", "s", "t")]
    [InlineData("é", null, "é")]
    public void Takes_a_name_as_the_catalogue_has_it(string text, string? schema, string name)
        => Assert.Equal((schema, name), TokenReader.Of(text).TakeName());

    [Theory]
    [InlineData("")]
    [InlineData("(a)")]
    [InlineData("s.")]
    [InlineData("'a'")]
    [InlineData("U&\"a\"")]
    public void Takes_no_name_from_something_else(string text) => Assert.Null(TokenReader.Of(text).TakeName());

    [Theory]
    [InlineData("s . \"N\" (", "s.\"N\"", "(")]
    [InlineData("Db.s.T;", "Db.s.T", ";")]
    [InlineData("a.", "a", ".")]
    public void Takes_a_name_as_it_is_written(string text, string written, string next)
    {
        var reader = TokenReader.Of(text);
        Assert.Equal((written, true), (reader.TakeWritten(), reader.TakeSymbol(next[0])));
    }

    [Fact]
    public void Takes_a_symbol_only_when_it_comes_next()
    {
        var reader = TokenReader.Of("(=");
        Assert.False(reader.TakeSymbol('='));
        Assert.True(reader.TakeSymbol('('));
        Assert.True(reader.TakeSymbol('='));
        Assert.False(reader.TakeSymbol('='));
        Assert.Null(reader.TakeIdentifier());
        Assert.Null(reader.TakeWritten());
        Assert.Null(TokenReader.Of("(").TakeWritten());
    }

    [Fact]
    public void Counts_the_lines_of_the_text_from_the_first_that_it_was_told()
    {
        const string Text = "\na\n\nb\n";
        var reader = new TokenReader(Text, [.. SqlScanner.Significant(Text)], 10);
        Assert.Equal(11, reader.Line);
        reader.Skip();
        Assert.Equal(13, reader.Line);
        reader.Skip();
        Assert.Equal(14, reader.Line);
        Assert.Equal(1, TokenReader.Of("a").Line);
    }
}
