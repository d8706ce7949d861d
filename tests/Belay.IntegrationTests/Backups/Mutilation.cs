using Belay.Backups;
using Belay.Backups.Catalogue;

namespace Belay.IntegrationTests.Backups;

/// <summary>One way to spoil a proven backup, and who notices it with which words. The words in braces are filled by
/// <see cref="SpoiledBackup.FillAsync"/>.</summary>
/// <param name="Gate">What the gate finds, which reads names, sizes, versions and manifests but no dump; null when it opens.</param>
/// <param name="Proof">What the proof at <paramref name="Level"/> finds.</param>
internal sealed record Mutilation(string Title, Func<SpoiledBackup, Task> SpoilAsync, string? Gate, string Proof)
{
    private const string Replaced = "{id}: its dump was replaced after it was proven.";
    private const string Shorter = "{id}: its dump has {now} bytes, the manifest says {size}.";
    private const string OtherBytes = "The dump '{dump}' is not what was written: its SHA-256 is {nowSha}, its manifest says {sha}.";
    private const string OtherSize = "The dump '{dump}' has {now} bytes, its manifest says {size}.";
    private const string Edited = "The manifest '{manifest}' was changed after it was written: its SHA-256 over itself does not match.";
    private const string Strange =
        "The manifest '{manifest}' is of another backup: it says '{stranger}' and names the dump '{strangerDump}'.";
    private const string Foreign = "The manifest '{manifest}' names '{strangerDump}', which is no object of its backup.";
    private const string Older = "\n  {twin}: its proof level is transport, demanded is readback.";

    /// <summary>The level of the proof that notices it.</summary>
    public ProofLevel Level { get; init; } = ProofLevel.Readback;

    /// <summary>The proof level that the manifest has afterwards; null when there is no manifest that can be read.</summary>
    public ProofLevel? Left { get; init; } = ProofLevel.None;

    public static IReadOnlyList<Mutilation> All { get; } =
    [
        new("dump truncated at 50 %", backup => backup.DumpAsync(bytes => bytes[..(bytes.Length / 2)]), Shorter + Older, OtherSize),
        new("dump truncated at 99 %", backup => backup.DumpAsync(bytes => bytes[..(bytes.Length * 99 / 100)]), Shorter + Older, OtherSize),
        new("dump empty", backup => backup.DumpAsync(_ => []), Shorter + Older, OtherSize),
        new("dump one byte longer", backup => backup.DumpAsync(bytes => [.. bytes, 0]), Shorter + Older, OtherSize),
        new(
            "a byte flipped in the dump's header",
            backup => backup.DumpAsync(bytes => DumpBytes.Flip(bytes, 3)),
            Replaced + Older,
            OtherBytes),
        new(
            "a byte flipped in the dump's table of contents",
            backup => backup.DumpAsync(DumpBytes.FlipContents),
            Replaced + Older,
            OtherBytes),
        new("a byte flipped in the dump's data", backup => backup.DumpAsync(DumpBytes.FlipRow), Replaced + Older, OtherBytes),
        new(
            "dump missing",
            backup => backup.Stored.DeleteAsync(backup.Manifest.ObjectName),
            "{id}: its dump '{dump}' is missing." + Older,
            "The dump '{dump}' is missing in {store}."),
        new(
            "dumps of two backups exchanged",
            backup => backup.SwapAsync(),
            Replaced + "\n  {twin}: its dump was replaced after it was proven; its proof level is transport, demanded is readback.",
            OtherBytes),
        new(
            "roles and tablespaces missing",
            backup => backup.Stored.DeleteAsync(backup.Manifest.GlobalsName!),
            "{id}: its roles '{globals}' are missing." + Older,
            "The roles and tablespaces '{globals}' are missing in {store}."),
        new(
            "roles and tablespaces emptied",
            backup => backup.Stored.WriteAsync(backup.Manifest.GlobalsName!, []),
            "{id}: its roles have 0 bytes, the manifest says {globalsSize}." + Older,
            "The roles and tablespaces '{globals}' have 0 bytes, its manifest says {globalsSize}."),
        new(
            "a byte flipped in the roles",
            async backup => await backup.Stored.WriteAsync(
                backup.Manifest.GlobalsName!, DumpBytes.Flip(await backup.Stored.ReadAsync(backup.Manifest.GlobalsName!), 30)),
            "{id}: its roles were replaced after they were proven." + Older,
            "The roles and tablespaces '{globals}' are not what was written: its SHA-256 is {globalsSha}, its manifest says "
                + "{globalsSaid}."),
        new(
            "manifest rewritten by a program: roles that are another backup's dump",
            backup => backup.ResealAsync(
                manifest => manifest with { Globals = manifest.Globals! with { ObjectName = backup.Stranger.ObjectName } }),
            "{twin}: its proof level is transport, demanded is readback.\n  " + Foreign,
            NoBackup(Foreign)) { Left = null },
        new(
            "the archive of another database in its place, hashed anew",
            async backup => await backup.ForgeAsync(_ => backup.Stored.ReadAsync(backup.Stranger.ObjectName).GetAwaiter().GetResult()),
            null,
            "The archive of backup {id} lacks 2 tables that its manifest names: public.noise, public.numbers."),
        new(
            "manifest missing",
            backup => backup.Stored.DeleteAsync(backup.ManifestName),
            "{twin}: its proof level is transport, demanded is readback.\n  '{dump}' has no manifest, so it is no backup.\n  '{globals}' "
                + "has no manifest, so it is no backup.",
            "There is no backup '{id}' in {store}. '{dump}' has no manifest, so it is no backup. '{globals}' has no manifest, so it is no "
                + "backup.") { Left = null },
        new(
            "manifest edited: another size",
            backup => backup.TextAsync(text => text.Replace("\"size\": ", "\"size\": 1", StringComparison.Ordinal)),
            "{twin}: its proof level is transport, demanded is readback.\n  " + Edited,
            NoBackup(Edited)) { Left = null },
        new(
            "manifest edited: a higher level",
            backup => backup.TextAsync(
                text => text.Replace("\"proofLevel\": \"readback\"", "\"proofLevel\": \"restored\"", StringComparison.Ordinal)),
            "{twin}: its proof level is transport, demanded is readback.\n  " + Edited,
            NoBackup(Edited)) { Left = null },
        new(
            "manifest rewritten by a program: another SHA-256",
            backup => backup.ResealAsync(manifest => manifest with { Sha256 = new string('0', 64) }),
            null,
            OtherBytes.Replace("{sha}", new string('0', 64), StringComparison.Ordinal)),
        new(
            "manifest rewritten by a program: a level without evidence",
            backup => backup.ResealAsync(manifest => manifest with { Evidence = [], Sha256 = new string('0', 64) }),
            "{id}: its manifest has no evidence for level readback." + Older,
            OtherBytes.Replace("{sha}", new string('0', 64), StringComparison.Ordinal)),
        new(
            "manifest cut to nothing",
            backup => backup.Stored.WriteAsync(backup.ManifestName, []),
            "{twin}: its proof level is transport, demanded is readback.\n  " + Unreadable,
            NoBackup(Unreadable)) { Left = null },
        new(
            "manifest of another database in its place",
            async backup => await backup.Stored.WriteAsync(
                backup.ManifestName, await backup.Stored.ReadAsync(StoredManifest.NameOf(backup.Stranger))),
            "{twin}: its proof level is transport, demanded is readback.\n  " + Strange,
            NoBackup(Strange)) { Left = null },
        new(
            "manifest with the identity of another database",
            backup => backup.ResealAsync(
                manifest => manifest with { Database = manifest.Database with { Oid = 1 }, Sha256 = new string('0', 64) }),
            "{id}: it is of another database: {forged}." + Older,
            OtherBytes.Replace("{sha}", new string('0', 64), StringComparison.Ordinal)),
        new(
            "archive damaged before it was hashed",
            backup => backup.ForgeAsync(bytes => bytes[..(bytes.Length / 2)]),
            null,
            "The archive in '{dump}' cannot be read to its end: pg_restore ended with exit code 1:\npg_restore: error: could not read "
                + "from input file: end of file"),
        new(
            "a row lost before it was hashed",
            backup => backup.ForgeAsync(DumpBytes.JoinRows),
            null,
            "What backup {id} restores is not what was dumped: table public.numbers has 9 rows instead of 10.")
            {
                Level = ProofLevel.Restored,
            },
        new(
            "owner missing at the restore",
            backup => backup.ResealAsync(manifest => manifest with { Owners = [] }),
            null,
            "Backup {id} does not restore into an empty database: TABLE numbers {role}: role \"{role}\" does not exist\nCommand was: "
                + "ALTER TABLE public.numbers OWNER TO {role};\nThe rows are in the dump: its bytes are those that pg_dump wrote.\nIt was "
                + "tried in a database with encoding and locale of the original: UTF8, C.")
                {
                    Level = ProofLevel.Restored,
                    Left = ProofLevel.Readback,
                },
    ];

    private const string Unreadable =
        "The manifest '{manifest}' cannot be read: The input does not contain any JSON tokens. Expected the input to start with a valid "
            + "JSON token, when isFinalBlock is true. LineNumber: 0 | BytePositionInLine: 0.";

    private static string NoBackup(string reason) => $"There is no backup '{{id}}' in {{store}}. {reason}";
}
