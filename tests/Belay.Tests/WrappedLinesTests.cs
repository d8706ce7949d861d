namespace Belay.Tests;

public sealed class WrappedLinesTests
{
    private readonly List<string> said = [];
    private readonly WrappedLines lines;

    public WrappedLinesTests()
    {
        Redaction.Remember("wrapped-Word-of-20-characters");
        lines = new WrappedLines(said.Add);
    }

    [Fact]
    public void Says_an_ordinary_line_at_once()
    {
        lines.Add("wrapped in paper");

        Assert.Equal(["wrapped in paper"], said);
    }

    [Fact]
    public void Masks_a_secret_that_goes_over_three_lines()
    {
        lines.Add("login with wrapped-Wo");
        Assert.Empty(said);
        lines.Add("   rd-of-20-ch");
        lines.Add("   aracters failed");

        Assert.Equal(["login with *** failed"], said);
    }

    [Fact]
    public void Masks_the_rest_of_a_secret_whose_first_characters_stood_on_a_line_by_themselves()
    {
        lines.Add("login with wr");
        lines.Add("apped-Word-of-20-characters failed");

        Assert.Equal(["login with wr", "*** failed"], said);
    }

    [Fact]
    public void Says_at_the_end_what_only_began_like_a_secret()
    {
        lines.Add("wrapped");
        lines.Add("wrapped-Wo");
        lines.End();
        lines.End();

        Assert.Equal(["wrapped", "wrapped-Wo"], said);
    }
}
