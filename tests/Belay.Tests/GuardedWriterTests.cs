namespace Belay.Tests;

public sealed class GuardedWriterTests
{
    private readonly StringWriter terminal = new() { NewLine = "\n" };
    private readonly GuardedWriter writer;

    public GuardedWriterTests() => writer = new GuardedWriter(terminal) { NewLine = "\n" };

    [Theory]
    [InlineData("\u001b[2Jgone", "\\x1b[2Jgone\n")]
    [InlineData("\u001b[36;1mblue\u001b[0m", "\u001b[36;1mblue\u001b[0m\n")]
    [InlineData("\u001b[31m::set-env name=a::b", "\u001b[31m: :set-env name=a::b\n")]
    [InlineData("::set-env name=a::b", ": :set-env name=a::b\n")]
    [InlineData("::group::Migrate", "::group::Migrate\n")]
    [InlineData("::endgroup::Migrate", "::endgroup::Migrate\n")]
    [InlineData("::error::Backup failed", "::error::Backup failed\n")]
    [InlineData("::error::one\n::set-env name=a::b", ": :error::one\n: :set-env name=a::b\n")]
    [InlineData("##[group]Migrate", "##[group]Migrate\n")]
    [InlineData("##vso[task.setvariable variable=a]b", "##vso [task.setvariable variable=a]b\n")]
    [InlineData("\u200b", "\n")]
    [InlineData(null, "\n")]
    public void Lets_colours_and_the_engines_groups_pass_and_nothing_else(string? line, string printed)
    {
        writer.WriteLine(line);

        Assert.Equal(printed, terminal.ToString());
    }

    [Theory]
    [InlineData(":", ":set-env::x")]
    [InlineData("  ", "::set-env::x")]
    [InlineData("##vs", "o[task.complete]")]
    [InlineData("##", "[set-env]")]
    [InlineData("section_start", ":1:a")]
    [InlineData("one\n ", "::x")]
    public void Breaks_a_command_that_comes_in_pieces(string first, string second)
    {
        writer.Write(first);
        foreach (var character in second)
        {
            writer.Write(character);
        }

        Assert.NotEqual(first + second, terminal.ToString());
        Assert.Equal(terminal.ToString(), HarmlessText.Of(terminal.ToString()));
    }

    [Fact]
    public void Takes_a_command_in_the_midst_of_a_line_for_words()
    {
        writer.Write("SELECT 'a'");
        writer.WriteLine("::text");

        Assert.Equal("SELECT 'a'::text\n", terminal.ToString());
    }

    [Fact]
    public void Masks_secrets_in_whatever_way_they_are_written()
    {
        Redaction.Remember("word-for-the-writer");

        writer.Write("word-for-the-writer ".ToCharArray(), 0, 20);
        writer.Write("word-for-the-writer ".AsSpan());
        writer.WriteLine("::error::word-for-the-writer");
        writer.WriteLine("{0}", "word-for-the-writer");

        Assert.Equal("*** *** : :error::***\n***\n".Replace(": :", "::", StringComparison.Ordinal), terminal.ToString());
    }
}
