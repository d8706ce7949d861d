using Belay.Storage;

namespace Belay.Tests.Storage;

public sealed class StoreReadStreamTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposes_the_inner_stream_once(bool isAsync)
    {
        var inner = new CountingStream();
        var stream = new StoreReadStream(
            inner,
            new StoreReadSource { Store = "s", Name = "n", Size = 0, IsFault = (_, _) => false, Explain = _ => new StoreException("") });

        if (isAsync)
        {
            await stream.DisposeAsync();
        }
        else
        {
            stream.Dispose();
        }

        await stream.DisposeAsync();

        Assert.Equal(1, inner.Disposals);
    }

    private sealed class CountingStream : MemoryStream
    {
        public int Disposals { get; private set; }

        protected override void Dispose(bool disposing)
        {
            Disposals++;
            base.Dispose(disposing);
        }
    }
}
