using System.Security.Cryptography;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Backups.Compression;
using Belay.Storage;

namespace Belay.Backups.Proving;

/// <summary>One download of a dump, or of a part of one: decoded into a program's standard input and hashed on the way, to its last byte
/// whatever the program reads.</summary>
internal sealed class ReadbackSource(IBackupStore store, BackupManifest manifest, BackupPart part, TransferProgress progress)
{
    private Exception? decodingFault;
    private long surplus;

    public BackupManifest Manifest => manifest;

    /// <summary>How many bytes were hashed: all of the dump, decrypted.</summary>
    public long Bytes { get; private set; }

    /// <summary>Decodes what pg_dump itself encoded in a part; nothing by default, because pg_restore does that.</summary>
    public Func<Stream, Stream> Unpack { get; init; } = archive => archive;

    /// <summary>Whether the input must take every byte, as a file does; a program may end first. The default is no.</summary>
    public bool TakesAll { get; init; }

    private string Name => BackupPartName.Of(part);

    /// <summary>Feeds the decoded archive; to be called once.</summary>
    /// <exception cref="DamagedDumpException">The downloaded bytes are not those that were written.</exception>
    public async Task FeedAsync(Stream input, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(input, cancellationToken);
        }
        catch (DamagedObjectException fault)
        {
            throw new DamagedDumpException($"The {Name} is not what was written: {fault.Message}", fault);
        }
    }

    /// <summary>Throws when the archive goes on after what the program read.</summary>
    public void DemandEnd()
    {
        if (surplus > 0)
        {
            throw new DamagedDumpException($"The {Name} goes on after its archive's end.");
        }
    }

    private async Task ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stored = await store.OpenReadAsync(part.ObjectName, cancellationToken);
        await using var tapped = new TappedStream(stored, bytes =>
        {
            hash.AppendData(bytes.Span);
            Bytes += bytes.Length;
            progress.Add(bytes.Length);
        });
        await DecodeAsync(tapped, input, cancellationToken);
        await BlockPump.RunAsync(tapped, (_, _) => ValueTask.CompletedTask, cancellationToken);
        var sha256 = Convert.ToHexStringLower(hash.GetCurrentHash());
        if (sha256 != part.Sha256)
        {
            throw new DamagedDumpException(
                $"The {Name} is not what was written: its SHA-256 is {sha256}, its manifest says {part.Sha256}.", decodingFault);
        }

        if (decodingFault is not null)
        {
            throw new DamagedDumpException($"The {Name} cannot be decoded as {manifest.Codec}: {decodingFault.Message}", decodingFault);
        }
    }

    private async Task DecodeAsync(Stream tapped, Stream input, CancellationToken cancellationToken)
    {
        try
        {
            await using var decoded = DumpCodec.Parse(manifest.Codec).Decode(tapped);
            await using var archive = Unpack(decoded);
            await BlockPump.RunAsync(archive, (bytes, token) => WriteAsync(input, bytes, token), cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            decodingFault = exception;
        }
    }

    /// <summary>A program that has ended reads no more; what it left is still hashed.</summary>
    private async ValueTask WriteAsync(Stream input, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (surplus > 0)
        {
            surplus += bytes.Length;
            return;
        }

        try
        {
            await input.WriteAsync(bytes, cancellationToken);
        }
        catch (Exception exception) when (!TakesAll && exception is (IOException or ObjectDisposedException))
        {
            surplus = bytes.Length;
        }
    }
}
