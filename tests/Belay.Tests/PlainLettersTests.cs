namespace Belay.Tests;

public sealed class PlainLettersTests
{
    [Theory]
    [InlineData("C.UTF-8", "", "", false)]
    [InlineData("", "", "de_DE.utf8", false)]
    [InlineData("", "", "de_DE.ISO-8859-1", true)]
    [InlineData("POSIX", "", "de_DE.UTF-8", true)]
    [InlineData("", "C", "de_DE.UTF-8", true)]
    public void Are_needed_where_the_first_locale_that_is_set_has_no_other_signs(string all, string type, string language, bool expected)
    {
        var variables = new Dictionary<string, string?> { ["LC_ALL"] = all, ["LC_CTYPE"] = type, ["LANG"] = language };

        Assert.Equal(expected, PlainLetters.IsPlain(variables.GetValueOrDefault, isUnknownUtf8: !expected));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Are_needed_on_a_terminal_without_a_locale_and_not_in_a_file(bool isFile, bool expected)
        => Assert.Equal(expected, PlainLetters.IsPlain(_ => null, isFile));

    [Fact]
    public void Write_our_own_signs_in_ASCII_and_leave_names_as_they_are()
    {
        using var terminal = new StringWriter { NewLine = "\n" };
        using var writer = new PlainLetters(terminal);

        writer.WriteLine("══ Größe ─ 500 → 200 …");

        Assert.Equal("== Größe - 500 -> 200 ...\n", terminal.ToString());
    }
}
