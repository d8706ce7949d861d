using Belay.Reporting.Facts;

namespace Belay.Reporting.Html;

/// <summary>The backup with the evidence of its proof.</summary>
internal static class HtmlBackup
{
    /// <summary>The section; nothing without a backup.</summary>
    public static Markup Of(ReleaseRecord record)
        => HtmlParts.Section("backup", "Backup", record.Backup is { } backup ? Backup(backup, record.Gate) : Markup.Nothing);

    private static Markup Backup(ReleaseBackup backup, string? gate)
    {
        var facts = HtmlParts.Facts(
            ("Id", HtmlText.Of($"<code>{backup.Id}</code>")),
            ("Store", HtmlParts.Foreign(backup.Store)),
            ("Object", backup.ObjectName is { } name ? HtmlParts.Foreign(name) : null),
            ("Of", backup.Database is { } database ? HtmlParts.Foreign(database) : null),
            ("Server", backup.Server is { } server ? HtmlParts.Foreign(server) : null),
            ("Snapshot", backup.SnapshotUtc is { } snapshot ? HtmlText.Of($"{Quantity.Utc(snapshot)}") : null),
            ("Size", HtmlText.Of($"{Quantity.Bytes(backup.Size)}")),
            ("SHA-256", backup.Sha256 is { } hash ? HtmlText.Of($"<code>{hash}</code>") : null),
            ("Encrypted with", backup.EncryptedWith is { } key ? HtmlText.Of($"<code>{key}</code>") : null),
            ("Tables counted", backup.TablesCounted is { } tables ? HtmlText.Of($"{tables}") : null),
            ("Proven by", HtmlParts.Mark("good", backup.Proof)),
            ("Kept until", HtmlText.Of($"{Quantity.Utc(backup.KeepUntilUtc)}")),
            ("Immutable until", backup.ImmutableUntilUtc is { } until ? HtmlText.Of($"{Quantity.Utc(until)}") : null),
            ("Gate", gate is null ? null : HtmlParts.Foreign(gate)));
        return HtmlText.Of($"{facts}{Evidence(backup.Evidence)}");
    }

    private static Markup Evidence(IReadOnlyList<ReleaseProof> evidence)
        => HtmlParts.Table(["Level", "At", "Took", "What was seen"], evidence.Select(one => new[]
        {
            HtmlText.Of($"{one.Level}"),
            HtmlText.Of($"<span class=\"whole\">{Quantity.Utc(one.AtUtc)}</span>"),
            HtmlParts.Duration(one.Seconds),
            HtmlParts.Lines(one.Facts),
        }));
}
