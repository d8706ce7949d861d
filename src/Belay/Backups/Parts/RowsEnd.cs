namespace Belay.Backups.Parts;

/// <summary>Drops what is written to it and remembers the last bytes, which tell whether pg_dump wrote all rows of a table.</summary>
internal sealed class RowsEnd : Stream
{
    /// <summary>COPY's end mark as pg_dump writes it.</summary>
    private static readonly byte[] Mark = "\\.\n\n\n"u8.ToArray();

    private readonly byte[] last = new byte[Mark.Length];

    /// <summary>Whether what was written ends with the mark.</summary>
    public bool IsWhole => last.AsSpan().SequenceEqual(Mark);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var kept = Math.Min(buffer.Length, last.Length);
        last.AsSpan(kept).CopyTo(last);
        buffer[^kept..].CopyTo(last.AsSpan(last.Length - kept));
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
