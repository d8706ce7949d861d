using System.Security.Cryptography;
using System.Text;
using Belay.Backups.Catalogue;

namespace Belay.IntegrationTests.Backups;

/// <summary>A proven backup of a table with ten rows, dumped without compression, that a mutilation works on; a second one of its database
/// and one of another database stand beside it.</summary>
/// <param name="Twin">An older proven backup of the same database, as many bytes long.</param>
internal sealed record SpoiledBackup(StoredBytes Stored, BackupManifest Manifest, BackupManifest Twin, BackupManifest Stranger)
{
    public string ManifestName => StoredManifest.NameOf(Manifest);

    /// <summary>Changes the dump's bytes.</summary>
    public async Task DumpAsync(Func<byte[], byte[]> change)
        => await Stored.WriteAsync(Manifest.ObjectName, change(await Stored.ReadAsync(Manifest.ObjectName)));

    /// <summary>Changes the manifest's text, as an editor does.</summary>
    public async Task TextAsync(Func<string, string> change)
    {
        var text = Encoding.UTF8.GetString(await Stored.ReadAsync(ManifestName));
        var changed = change(text);
        Assert.NotEqual(text, changed);
        await Stored.WriteAsync(ManifestName, Encoding.UTF8.GetBytes(changed));
    }

    /// <summary>Changes what the manifest says, its hash over itself renewed, as only a program does.</summary>
    public async Task ResealAsync(Func<BackupManifest, BackupManifest> change)
        => await Stored.WriteAsync(ManifestName, ManifestFile.Serialize(change(await ReadAsync())));

    /// <summary>Changes the dump and makes the manifest agree with it, as if it had been hashed like that.</summary>
    public async Task ForgeAsync(Func<byte[], byte[]> change)
    {
        await DumpAsync(change);
        var bytes = await Stored.ReadAsync(Manifest.ObjectName);
        var version = (await Stored.Store.FindAsync(Manifest.ObjectName, Token))!.Version;
        await ResealAsync(manifest => manifest with { Size = bytes.Length, Sha256 = Hash(bytes), ObjectVersion = version });
    }

    /// <summary>Exchanges the dump with that of the twin.</summary>
    public async Task SwapAsync()
    {
        var (own, others) = (await Stored.ReadAsync(Manifest.ObjectName), await Stored.ReadAsync(Twin.ObjectName));
        Assert.Equal(own.Length, others.Length);
        await Stored.WriteAsync(Manifest.ObjectName, others);
        await Stored.WriteAsync(Twin.ObjectName, own);
    }

    /// <summary>The manifest as it now is.</summary>
    public async Task<BackupManifest> ReadAsync() => ManifestFile.Parse(ManifestName, await Stored.ReadAsync(ManifestName));

    /// <summary>Puts the backup's own values into a message of the table.</summary>
    public async Task<string> FillAsync(string message)
    {
        var now = await Stored.Store.FindAsync(Manifest.ObjectName, Token) is null
            ? []
            : await Stored.ReadAsync(Manifest.ObjectName);
        return new StringBuilder(message)
            .Replace("{id}", Manifest.Id)
            .Replace("{dump}", Manifest.ObjectName)
            .Replace("{manifest}", ManifestName)
            .Replace("{globals}", Manifest.GlobalsName)
            .Replace("{globalsSize}", $"{Manifest.Globals!.Size}")
            .Replace("{globalsSha}", await GlobalsHashAsync())
            .Replace("{globalsSaid}", Manifest.Globals.Sha256)
            .Replace("{size}", $"{Manifest.Size}")
            .Replace("{sha}", Manifest.Sha256)
            .Replace("{now}", $"{now.Length}")
            .Replace("{nowSha}", Hash(now))
            .Replace("{store}", Stored.Store.DisplayName)
            .Replace("{role}", Manifest.Owners.Single(role => role.StartsWith("role_", StringComparison.Ordinal)))
            .Replace("{twin}", Twin.Id)
            .Replace("{stranger}", StoredManifest.NameOf(Stranger).Replace(BackupName.ManifestSuffix, "", StringComparison.Ordinal))
            .Replace("{strangerDump}", Stranger.ObjectName)
            .ToString();
    }

    private async Task<string> GlobalsHashAsync()
        => await Stored.Store.FindAsync(Manifest.GlobalsName!, Token) is null
            ? ""
            : Hash(await Stored.ReadAsync(Manifest.GlobalsName!));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
