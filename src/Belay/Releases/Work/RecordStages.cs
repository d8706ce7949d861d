using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Reporting;
using Belay.Reporting.Chain;
using Belay.Settings;

namespace Belay.Releases.Work;

/// <summary>Reads and checks the records that a store has of a database.</summary>
internal static class RecordStages
{
    /// <summary>The releases of the database; null when nobody asked for them.</summary>
    public static async Task<PastReleases?> PastAsync(ReleaseRun run, CancellationToken cancellationToken)
        => run.Request.Input.Read(ReportingParameters.Releases, new SettingsFaults())
            ? await PastReader.ReadAsync(new RecordChain(run.Store, Database(run, "Status --releases")), cancellationToken)
            : null;

    public static async Task<string> VerifyAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var keys = Keys(run);
        var database = Database(run, "VerifyRecords");
        var history = run.Settings.Database?.Database == database
            ? new RecordedHistory(await HistoryReading.AppliedAsync(run, cancellationToken))
            : null;
        var catalog = await new BackupCatalog(run.Store).ReadAsync(cancellationToken);
        var report = await new RecordWalk(new RecordChain(run.Store, database), keys)
        {
            Dumps = catalog.Backups.Where(backup => backup.Manifest.Database.Name == database)
                .DistinctBy(backup => backup.Manifest.Id)
                .ToDictionary(backup => backup.Manifest.Id, backup => backup.Manifest.Sha256),
            Seen = record => history?.See(record),
        }.RunAsync(cancellationToken);
        var lines = history?.Demand(database, report.FirstUtc) ?? [];
        Lines(report, keys, history is null).Concat(lines).ToList().ForEach(line => run.Output.Line($"      {line}"));
        return report.Records == 0
            ? $"no records of {database} in {run.Store.DisplayName}"
            : $"{Quantity.Count(report.Records, "record")} of {database}, each as it was stored"
                + (keys.Count == 0 ? "; signatures were not checked" : $", {report.Signed} signed");
    }

    private static IEnumerable<string> Lines(RecordWalkReport report, IReadOnlyList<RecordPublicKey> keys, bool withoutHistory)
    {
        foreach (var key in keys)
        {
            yield return $"Public key {key.Id}: {key.Text}";
        }

        if (report is { FirstUtc: { } first, LastUtc: { } last })
        {
            yield return $"Records from {Quantity.Utc(first)} to {Quantity.Utc(last)}";
        }

        if (keys.Count > 0 && report.Records > report.Signed)
        {
            yield return $"The first {report.Records - report.Signed} are not signed: they are older than the key, and the first signature "
                + "covers them as they were then";
        }

        if (report.Late.Count > 0)
        {
            yield return $"Ended before the record in front of them: {string.Join(", ", report.Late)}. A clock was wrong, or a record was "
                + "stored late";
        }

        if (keys.Count == 0)
        {
            yield return "Without RECORD_KEY and RECORD_PUBLIC_KEY signatures are not checked: whoever can write to the store can make all "
                + "records anew";
        }

        yield return withoutHistory
            ? "Records that were cut off at the end are not seen: set DATABASE_URL to this database, and the history that it keeps is "
                + "compared"
            : "Records that were cut off at the end are seen by the migrations in the database's history alone";
    }

    private static IReadOnlyList<RecordPublicKey> Keys(ReleaseRun run)
    {
        var keys = new List<RecordPublicKey>();
        if (run.Store.RecordKey is { } key)
        {
            using var signer = new RecordSigner(key);
            keys.Add(signer.PublicKey);
        }

        var given = run.Request.Input.Text(ReportingParameters.RecordPublicKey) ?? "";
        foreach (var text in given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            keys.Add(RecordPublicKey.TryParse(text) ?? throw new SettingsException(
                $"{ReportingParameters.RecordPublicKey.Option} is \"{text}\": that is no public key of the curve P-256 in Base64",
                "./build.sh VerifyRecords prints it where RECORD_KEY is set"));
        }

        return [.. keys.DistinctBy(one => one.Id)];
    }

    private static string Database(ReleaseRun run, string command)
        => run.Request.Input.Text(BackupParameters.Database) ?? run.DatabaseName
            ?? throw new SettingsException(
                $"{command} needs to know which database is meant", $"export DATABASE_URL=… or ./build.sh {command} --database <name>");
}
