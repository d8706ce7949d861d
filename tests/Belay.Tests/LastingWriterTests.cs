namespace Belay.Tests;

public sealed class LastingWriterTests
{
    [Fact]
    public void Drops_what_nobody_takes_and_goes_on_when_somebody_does()
    {
        using var inner = new BreakingWriter();
        using var writer = new LastingWriter(inner);

        writer.Write("a");
        inner.IsBroken = true;
        writer.Write("b");
        writer.Write('c');
        writer.WriteLine("d");
        writer.Flush();
        inner.IsBroken = false;
        writer.Write("e");

        Assert.Equal("ae", inner.ToString());
    }

    private sealed class BreakingWriter : StringWriter
    {
        public bool IsBroken { get; set; }

        public override void Write(string? value)
        {
            Demand();
            base.Write(value);
        }

        public override void WriteLine(string? value)
        {
            Demand();
            base.WriteLine(value);
        }

        public override void Flush() => Demand();

        private void Demand()
        {
            if (IsBroken)
            {
                throw new IOException("Input/output error");
            }
        }
    }
}
