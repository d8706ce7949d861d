namespace Belay.Tests;

public sealed class HushableWriterTests : IDisposable
{
    private readonly StringWriter terminal = new() { NewLine = "\n" };
    private readonly ConsoleHold hold;
    private readonly HushableWriter writer;

    public HushableWriterTests()
    {
        hold = new ConsoleHold(terminal);
        writer = new HushableWriter(terminal, hold) { NewLine = "\n" };
    }

    public void Dispose()
    {
        writer.Dispose();
        terminal.Dispose();
    }

    [Fact]
    public void Closes_the_line_in_place_before_anything_else_is_written()
    {
        hold.Show("1 of 2");
        hold.Show("2 of 2");
        writer.WriteLine("done");
        writer.Write("more");

        Assert.Equal("\r1 of 2\e[K\r2 of 2\e[K\r\e[Kdone\nmore", terminal.ToString());
    }

    [Fact]
    public void Keeps_back_what_is_written_while_nobody_is_to_hear_it()
    {
        writer.WriteLine("before");
        hold.IsHushed = true;
        writer.WriteLine("the engine's line");
        writer.Write('x');
        writer.Write("yz".AsSpan());
        hold.IsHushed = false;
        writer.WriteLine("after");

        Assert.Equal("before\nafter\n", terminal.ToString());
        Assert.Equal("the engine's line\nxyz", hold.Kept);
    }
}
