using System.IO.Pipes;
using Belay.Backups.Compression;

namespace Belay.Tests.Backups.Compression;

public sealed class WidePipeTests
{
    [Fact]
    public void Takes_a_mebibyte_before_anybody_reads()
    {
        using var reading = new AnonymousPipeServerStream(PipeDirection.In);
        using var wide = WidePipe.Of(reading, Token);
        Assert.SkipUnless(wide is WidePipe, "This system does not widen a pipe, or this user has too many of them.");
        var content = new byte[1 << 20];
        new Random(7).NextBytes(content);
        using (var writing = new AnonymousPipeClientStream(PipeDirection.Out, reading.ClientSafePipeHandle))
        {
            writing.Write(content);
        }

        using var read = new MemoryStream();
        wide.CopyTo(read, 3000);
        Assert.Equal(content, read.ToArray());
    }

    [Fact]
    public void Takes_a_mebibyte_of_whoever_writes_it()
    {
        using var writing = new AnonymousPipeServerStream(PipeDirection.Out);
        Assert.SkipUnless(WidePipe.Widen(writing), "This system does not widen a pipe, or this user has too many of them.");
        using var reading = new AnonymousPipeClientStream(PipeDirection.In, writing.ClientSafePipeHandle);

        writing.Write(new byte[1 << 20]);

        var read = new byte[1 << 20];
        reading.ReadExactly(read);
    }

    [Fact]
    public void Leaves_a_stream_that_is_no_pipe_as_it_is()
    {
        using var file = new MemoryStream();
        Assert.Same(file, WidePipe.Of(file, Token));
        Assert.False(WidePipe.Widen(file));
    }
}
