using System.Net.Sockets;
using System.Text;

namespace Belay.IntegrationTests.Support;

/// <summary>One direction of a proxy, over all its connections: counts bytes, and from chosen bytes on cuts, holds,
/// delays or throttles.</summary>
public sealed class ProxyFlow
{
    private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long bytes;
    private int cuts;

    /// <summary>How many bytes went this way.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Cuts the connection, once, that carries this byte, which is the last to arrive; null for never.</summary>
    public long? CutAt { get; set; }

    /// <summary>How many connections were cut.</summary>
    public int Cuts => cuts;

    /// <summary>How long each piece of at most 64 KiB waits, from <see cref="SlowFrom"/> on.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The most bytes each second, from <see cref="SlowFrom"/> on; null for any number.</summary>
    public int? BytesPerSecond { get; set; }

    /// <summary>The byte from which on <see cref="Delay"/> and <see cref="BytesPerSecond"/> hold.</summary>
    public long SlowFrom { get; set; }

    /// <summary>Holds the connection back, once, that carries a piece with such a text; null for none.</summary>
    public Func<string, bool>? HoldWhen { get; set; }

    /// <summary>Ends when a connection is held.</summary>
    public Task Held => held.Task;

    /// <summary>Lets the held connection go on.</summary>
    public void Release() => released.TrySetResult();

    /// <summary>Passes everything on until an end closes or the connection is cut.</summary>
    internal async Task PumpAsync(NetworkStream from, NetworkStream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        int count;
        while ((count = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            var before = Interlocked.Add(ref bytes, count) - count;
            await HoldAsync(buffer.AsMemory(0, count), cancellationToken);
            if (before + count >= SlowFrom)
            {
                await Task.Delay(
                    Delay + TimeSpan.FromSeconds(count / (double)(BytesPerSecond ?? int.MaxValue)), TimeProvider.System, cancellationToken);
            }

            var cut = TakeCut(before, count);
            await to.WriteAsync(buffer.AsMemory(0, cut ?? count), cancellationToken);
            if (cut is not null)
            {
                return;
            }
        }
    }

    /// <summary>How many bytes of a piece still pass when its connection is the one to cut; several
    /// connections may ask at the same time.</summary>
    private int? TakeCut(long before, int count)
    {
        lock (held)
        {
            if (CutAt - before is not { } left || left > count)
            {
                return null;
            }

            CutAt = null;
            cuts++;
            return (int)Math.Max(left, 0);
        }
    }

    private async Task HoldAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        if (HoldWhen is { } matches && !held.Task.IsCompleted && matches(Encoding.Latin1.GetString(piece.Span)))
        {
            held.TrySetResult();
            await released.Task.WaitAsync(cancellationToken);
        }
    }
}
