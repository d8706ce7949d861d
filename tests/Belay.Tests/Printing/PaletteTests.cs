using Belay.Printing;

namespace Belay.Tests.Printing;

public sealed class PaletteTests
{
    [Theory]
    [InlineData(LineTone.Good, "\e[32mdone\e[0m")]
    [InlineData(LineTone.Doubtful, "\e[33mdone\e[0m")]
    [InlineData(LineTone.Bad, "\e[31mdone\e[0m")]
    public void Has_green_yellow_and_red(LineTone tone, string expected) => Assert.Equal(expected, Palette.Render("done", tone));

    [Fact]
    public void Breaks_no_line_however_long_it_is()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 500));

        Assert.Equal($"\e[31m{text}\e[0m", Palette.Render(text, LineTone.Bad));
    }

    /// <summary>Windows has no TERM.</summary>
    private static bool IsAlways(string? noColour) => OperatingSystem.IsWindows() && string.IsNullOrEmpty(noColour);

    [Fact]
    public void Leaves_a_line_as_it_is_where_nobody_sees_colours()
        => Assert.Equal("done", new Palette(hasColour: false).Paint("done", LineTone.Bad));

    [Theory]
    [InlineData("xterm-256color", null, true)]
    [InlineData("xterm-256color", "", true)]
    [InlineData("xterm-256color", "0", false)]
    [InlineData("dumb", null, false)]
    [InlineData(null, null, false)]
    public void A_terminal_has_colours_unless_it_is_dumb_or_nobody_wants_them(string? terminal, string? noColour, bool expected)
    {
        var variables = new Dictionary<string, string?> { ["TERM"] = terminal, ["NO_COLOR"] = noColour };

        Assert.Equal(expected || IsAlways(noColour), Terminal.HasColour(variables.GetValueOrDefault));
    }
}
