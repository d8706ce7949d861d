using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class SqlScannerTests
{
    /// <summary>Tokens are divided by ¦ and named by a letter: W word, S symbol, T text, Q quoted identifier, N number, C comment,
    /// B blanks, M psql command; an unfinished one has an exclamation mark before it.</summary>
    [Theory]
    [InlineData("SELECT a_1$b", "W:SELECT¦B: ¦W:a_1$b")]
    [InlineData("_x é9 Z", "W:_x¦B: ¦W:é9¦B: ¦W:Z")]
    [InlineData("\u0080", "W:\u0080")]
    [InlineData("a\t\n\r\f\vb", "W:a¦B:\t\n\r\f\v¦W:b")]
    [InlineData("1.5e3_0+2", "N:1.5e3_0¦S:+¦N:2")]
    [InlineData("a::int", "W:a¦S::¦S::¦W:int")]
    [InlineData("-- a\r\nb", "C:-- a¦B:\r\n¦W:b")]
    [InlineData("-", "S:-")]
    [InlineData("- -/ *", "S:-¦B: ¦S:-¦S:/¦B: ¦S:*")]
    [InlineData("/* a /* b */ c */d", "C:/* a /* b */ c */¦W:d")]
    [InlineData("/*/ a */b", "C:/*/ a */¦W:b")]
    [InlineData("/**/b", "C:/**/¦W:b")]
    [InlineData("/* a /* b */", "!C:/* a /* b */")]
    [InlineData("/* a *", "!C:/* a *")]
    [InlineData("/* a /", "!C:/* a /")]
    [InlineData("/", "S:/")]
    [InlineData("'it''s'b", "T:'it''s'¦W:b")]
    [InlineData("''", "T:''")]
    [InlineData("'a", "!T:'a")]
    [InlineData("'a''", "!T:'a''")]
    [InlineData("\"a\"\"b\"c", "Q:\"a\"\"b\"¦W:c")]
    [InlineData("\"a'", "!Q:\"a'")]
    [InlineData(@"\set a 'b'; c", @"M:\set a 'b'; c")]
    [InlineData("\\x\nb", "M:\\x¦B:\n¦W:b")]
    [InlineData(@"E'a\'b''c'd", @"T:E'a\'b''c'¦W:d")]
    [InlineData(@"e'a\\'b", @"T:e'a\\'¦W:b")]
    [InlineData(@"E'a\", @"!T:E'a\")]
    [InlineData("E'a''", "!T:E'a''")]
    [InlineData("E 'a'", "W:E¦B: ¦T:'a'")]
    [InlineData("E", "W:E")]
    [InlineData("E'a'\n'b\\'c'd", "T:E'a'\n'b\\'c'¦W:d")]
    [InlineData("E'a' \n 'b\\'c'd", "T:E'a' \n 'b\\'c'¦W:d")]
    [InlineData("E'a' -- x '\r 'b\\'c'd", "T:E'a' -- x '\r 'b\\'c'¦W:d")]
    [InlineData("E'a' 'b'", "T:E'a'¦B: ¦T:'b'")]
    [InlineData("E'a'\n-b'c'", "T:E'a'¦B:\n¦S:-¦W:b¦T:'c'")]
    [InlineData("E'a'\n-", "T:E'a'¦B:\n¦S:-")]
    [InlineData("E'a'\n", "T:E'a'¦B:\n")]
    [InlineData("E'a'-- b", "T:E'a'¦C:-- b")]
    [InlineData("'a'\n'b\\'c", "T:'a'¦B:\n¦T:'b\\'¦W:c")]
    [InlineData("$$a$b$$c", "T:$$a$b$$¦W:c")]
    [InlineData("$a1$ $$ $a$ $a1$c", "T:$a1$ $$ $a$ $a1$¦W:c")]
    [InlineData("$a$ $b$", "!T:$a$ $b$")]
    [InlineData("$$", "!T:$$")]
    [InlineData("$$$$", "T:$$$$")]
    [InlineData("$1$", "S:$¦N:1¦S:$")]
    [InlineData("$a", "S:$¦W:a")]
    [InlineData("$a-$", "S:$¦W:a¦S:-¦S:$")]
    [InlineData("$", "S:$")]
    [InlineData("$a$b", "!T:$a$b")]
    [InlineData("a$b$c", "W:a$b$c")]
    public void Parts_a_text_into_tokens(string text, string tokens) => Assert.Equal(tokens, Show(text));

    [Fact]
    public void Leaves_out_what_the_server_skips()
        => Assert.Equal(
            ["SELECT", "1", ";"],
            SqlScanner.Significant(" SELECT/* a */1 -- b\n;").Select(token => token.In(" SELECT/* a */1 -- b\n;").ToString()));

    [Theory]
    [InlineData("'a", "a string without its closing quote")]
    [InlineData("$$a", "a string without its closing quote")]
    [InlineData("\"a", "an identifier without its closing \"")]
    [InlineData("/*a", "a comment without its end */")]
    [InlineData("'a'", null)]
    public void Says_what_is_missing_at_the_end(string text, string? missing) => Assert.Equal(missing, SqlScanner.Scan(text, 0).Unfinished);

    [Theory]
    [InlineData("Begin", true)]
    [InlineData("beginning", false)]
    [InlineData("\"begin\"", false)]
    [InlineData("'begin'", false)]
    public void Takes_a_word_without_quotes_for_a_keyword_in_any_case(string text, bool isKeyword)
        => Assert.Equal(isKeyword, SqlScanner.Scan(text, 0).Is(text, "BEGIN"));

    private static string Show(string text)
    {
        var shown = new List<string>();
        for (var index = 0; index < text.Length;)
        {
            var token = SqlScanner.Scan(text, index);
            Assert.Equal(index, token.Start);
            shown.Add($"{(token.Complete ? "" : "!")}{Letter(token.Kind)}:{token.In(text)}");
            index = token.End;
        }

        return string.Join('¦', shown);
    }

    private static char Letter(SqlTokenKind kind) => kind == SqlTokenKind.Whitespace ? 'B' : kind.ToString()[0];
}
