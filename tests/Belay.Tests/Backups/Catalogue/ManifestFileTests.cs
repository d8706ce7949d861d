using System.Text;
using System.Text.Json;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Storage;

namespace Belay.Tests.Backups.Catalogue;

public sealed class ManifestFileTests
{
    private const string Name = "app/20251012T115800Z-aa.manifest.json";
    private readonly string text = Encoding.UTF8.GetString(ManifestFile.Serialize(Manifests.Make(Manifests.Noon)));

    [Fact]
    public void Reads_back_what_was_written()
    {
        var parsed = Parse(text);
        Assert.Equal(text, Encoding.UTF8.GetString(ManifestFile.Serialize(parsed)));
        Assert.Equal(15, parsed.RowCounts!["public.user"]);
        Assert.Equal(ProofLevel.Readback, parsed.ProofLevel);
    }

    /// <summary>One is made when Belay is compiled, the other while it runs.</summary>
    [Fact]
    public void Is_written_by_the_same_rules_as_it_is_read()
    {
        var whole = Manifests.Make(Manifests.Noon) with
        {
            ObjectVersion = "\"0x8D\"",
            Parts = [new BackupPart("toc.dat", "app/a.toc", 4, "ab", null), new BackupPart("1.dat", "app/a.1", 5, "cd", "\"0x8E\"")],
            Encryption = new ObjectEncryption("AES-256-GCM", "key"),
            RowCountsLeftOut = "<switched off> & 'Ä'",
            WriteCounts = new Dictionary<string, long> { ["public.user"] = 3 },
            WritesCountedSince = Manifests.Noon.AddHours(-1).ToOffset(TimeSpan.FromHours(2)),
            LargeObjects = 2,
            Owners = ["owner \u2028"],
            Extensions = ["citext"],
            Definition = new DatabaseDefinition
            {
                Owner = "owner",
                Encoding = "UTF8",
                Collation = "C.UTF-8",
                CharacterType = "C.UTF-8",
                Tablespace = "pg_default",
                Settings = [new DatabaseSetting(null, "work_mem", "4MB"), new DatabaseSetting("app", "search_path", null)],
                Privileges = [new DatabasePrivilege("app", "CONNECT", true)],
                OtherTablespaces = ["fast"],
            },
            Globals = new BackupPart("globals.sql", "app/a.globals.sql", 6, "ef", null),
            LastMigration = 20251012.5m,
            UsedUtc = Manifests.Noon,
            ImmutableUntil = Manifests.Noon.AddDays(1),
            Hold = "audit",
            Seal = new ManifestSeal("key", "12"),
            SelfSha256 = "34",
        };

        Assert.Equal(JsonSerializer.Serialize(whole, ManifestJson.Read), JsonSerializer.Serialize(whole, ManifestJson.Indented));
        Assert.Equal(
            JsonSerializer.Serialize(Manifests.Make(Manifests.Noon), ManifestJson.Read),
            JsonSerializer.Serialize(Manifests.Make(Manifests.Noon), ManifestJson.Indented));
    }

    [Fact]
    public void Keeps_the_hash_of_manifests_that_were_written_before_a_member_was_added()
        => Assert.Equal("1b7b2b20590d451cf8c5bf7e822bedf969f831599e237bbb8dd30c431db25462", ManifestFile.Seal(
            Manifests.Make(Manifests.Noon) with
            {
                Format = 1,
                SnapshotLsn = null,
                Origin = null,
                Tables = null,
                Sha256 = new string('0', 64),
            }).SelfSha256);

    [Fact]
    public void Accepts_other_white_space() => Assert.Equal("app", Parse(text.Replace("  ", "\t", StringComparison.Ordinal)).Database.Name);

    [Theory]
    [InlineData("\"proofLevel\": \"readback\"", "\"proofLevel\": \"restored\"")]
    [InlineData("\"size\": 4", "\"size\": 5")]
    [InlineData("\"public.user\": 15", "\"public.user\": 16")]
    [InlineData("\"oid\": 16384", "\"oid\": 16385")]
    public void Refuses_an_edited_manifest(string before, string after)
    {
        Assert.Contains(before, text, StringComparison.Ordinal);
        var exception = Assert.Throws<BackupException>(() => Parse(text.Replace(before, after, StringComparison.Ordinal)));
        Assert.Equal($"The manifest '{Name}' was changed after it was written: its SHA-256 over itself does not match.", exception.Message);
    }

    [Fact]
    public void Refuses_a_newer_format_before_it_reads_anything_else()
    {
        var exception = Assert.Throws<BackupException>(() => Parse("""{"format": 4, "somethingNew": true}"""));
        Assert.Equal($"The manifest '{Name}' has format 4; this Belay reads formats up to 3.", exception.Message);
        Assert.Equal("Use the newer Belay that wrote it.", exception.Hint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"format": "1"}""")]
    [InlineData("""{"format": 0}""")]
    [InlineData("""{"format": 1}""")]
    [InlineData("""{"format": 1, "format": 1}""")]
    public void Refuses_a_malformed_manifest(string malformed)
        => Assert.StartsWith(
            $"The manifest '{Name}' cannot be read: ",
            Assert.Throws<BackupException>(() => Parse(malformed)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Refuses_a_truncated_manifest(double part)
        => Assert.StartsWith(
            $"The manifest '{Name}' cannot be read: ",
            Assert.Throws<BackupException>(() => Parse(text[..(int)(text.Length * part)])).Message,
            StringComparison.Ordinal);

    private static BackupManifest Parse(string content) => ManifestFile.Parse(Name, Encoding.UTF8.GetBytes(content));
}
