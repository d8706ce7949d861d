using System.Security.Cryptography;
using Belay.Backups.Catalogue;

namespace Belay.IntegrationTests.Backups;

/// <summary>Damages stored dumps.</summary>
internal static class DumpBytes
{
    /// <summary>The rows 9 and 10 in an archive without compression: each has its length before it.</summary>
    private static readonly byte[] LastRows = "9\n\u0000\u0003\u0000\u0000\u000010\n"u8.ToArray();

    public static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 0x10;
        return bytes;
    }

    /// <summary>Damages the first command in the table of contents of an archive.</summary>
    public static byte[] FlipContents(byte[] bytes)
    {
        var at = bytes.AsSpan().IndexOf("CREATE TABLE public."u8);
        Assert.True(at > 0);
        return Flip(bytes, at);
    }

    /// <summary>Damages a row.</summary>
    public static byte[] FlipRow(byte[] bytes)
    {
        var at = bytes.AsSpan().IndexOf(LastRows);
        Assert.True(at > 0);
        return Flip(bytes, at);
    }

    /// <summary>Makes one row of two: the archive stays whole, its content does not.</summary>
    public static byte[] JoinRows(byte[] bytes)
    {
        var at = bytes.AsSpan().IndexOf(LastRows);
        Assert.True(at > 0);
        bytes[at + 1] = (byte)'1';
        return bytes;
    }

    public static async Task<string> HashAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, Token));
    }

    /// <summary>Writes other bytes and a manifest that agrees with them, as if they had been hashed like that.</summary>
    public static async Task<BackupManifest> ReplaceAsync(BackupBench bench, BackupManifest manifest, Func<byte[], byte[]> damage)
    {
        var path = bench.PathOf(manifest);
        await File.WriteAllBytesAsync(path, damage(await File.ReadAllBytesAsync(path, Token)), Token);
        var agreeing = manifest with
        {
            Size = new FileInfo(path).Length,
            Sha256 = await HashAsync(path),
            ObjectVersion = (await bench.Store.FindAsync(manifest.ObjectName, Token))!.Version,
        };
        await File.WriteAllBytesAsync(bench.PathOfManifest(manifest), ManifestFile.Serialize(agreeing), Token);
        return agreeing;
    }
}
