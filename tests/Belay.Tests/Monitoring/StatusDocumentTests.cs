using Belay.Backups;
using Belay.Monitoring;
using Belay.Reporting;
using Belay.Schema;
using Belay.Tests.Reporting;
using Belay.Tests.Support;

namespace Belay.Tests.Monitoring;

public sealed class StatusDocumentTests
{
    private static readonly DateTimeOffset Now = Records.Started;

    private static StatusReport Report { get; } = new(
        "db:5432/shop",
        Now,
        [
            new StatusMigration("0001_add", Now.AddDays(-1)),
            new StatusMigration("0002_part", null, "at statement 2") { IsPartWay = true },
            new StatusMigration("0003_next", null),
        ],
        [
            new StatusBackup("b2", Now.AddSeconds(-90), 1024, "restored, rows not counted", Now.AddDays(7))
            {
                Database = "shop", Server = "db:5432", Level = ProofLevel.RestoredUncounted,
            },
            new StatusBackup("b1", Now.AddDays(-2), 512, "readback", null, "on hold") { Database = "shop", Level = ProofLevel.Readback },
            new StatusBackup("b0", Now.AddDays(-3), 256, "incomplete", Now) { Database = "other" },
        ])
    {
        Schema = new SchemaDrift(
            new StoredFingerprint
            {
                RecordedUtc = Now.AddDays(-1), SeenUtc = Now, Reason = "release behind b1", ServerMajor = 15, Format = 1, Lines = [],
            },
            new SchemaDifference([], ["column public.a.x text"])),
    };

    [Fact]
    public void Everything_that_was_seen_has_its_place_and_each_value_one_unit()
        => Assert.Equal(
            """
            {
              "format": 1,
              "nowUtc": "2025-10-12T10:30:00+00:00",
              "database": "db:5432/shop",
              "isDatabaseKnown": true,
              "isFolderKnown": true,
              "migrations": [
                {
                  "name": "0001_add",
                  "state": "applied",
                  "appliedUtc": "2025-10-11T10:30:00+00:00",
                  "remark": null
                },
                {
                  "name": "0002_part",
                  "state": "part-way",
                  "appliedUtc": null,
                  "remark": "at statement 2"
                },
                {
                  "name": "0003_next",
                  "state": "pending",
                  "appliedUtc": null,
                  "remark": null
                }
              ],
              "schema": {
                "isEqual": false,
                "recordedUtc": "2025-10-11T10:30:00+00:00",
                "recordedBy": "release behind b1",
                "differences": [
                  "+ column public.a.x text"
                ]
              },
              "backups": [
                {
                  "id": "b2",
                  "database": "shop",
                  "server": "db:5432",
                  "endedUtc": "2025-10-12T10:28:30+00:00",
                  "ageSeconds": 90,
                  "sizeBytes": 1024,
                  "proof": "restored-uncounted",
                  "isProven": true,
                  "deleteUtc": "2025-10-19T10:30:00+00:00",
                  "remark": null
                },
                {
                  "id": "b1",
                  "database": "shop",
                  "server": null,
                  "endedUtc": "2025-10-10T10:30:00+00:00",
                  "ageSeconds": 172800,
                  "sizeBytes": 512,
                  "proof": "readback",
                  "isProven": true,
                  "deleteUtc": null,
                  "remark": "on hold"
                },
                {
                  "id": "b0",
                  "database": "other",
                  "server": null,
                  "endedUtc": "2025-10-09T10:30:00+00:00",
                  "ageSeconds": 259200,
                  "sizeBytes": 256,
                  "proof": "none",
                  "isProven": false,
                  "deleteUtc": "2025-10-12T10:30:00+00:00",
                  "remark": null
                }
              ],
              "releases": null,
              "exitCode": 0,
              "message": null,
              "hint": null
            }

            """,
            StatusDocument.Of(Report, Now, 0).ToJson(),
            ignoreLineEndingDifferences: true);

    [Fact]
    public void What_nobody_looked_at_is_null_and_not_empty()
    {
        var unseen = StatusDocument.Of(null, Now, 3) with { Message = "The store is out of reach", Hint = "look" };
        Assert.Equal((null, false, null, null), (unseen.Database, unseen.IsDatabaseKnown, unseen.Migrations, unseen.Backups));
        Assert.Contains("\"migrations\": null,", unseen.ToJson(), StringComparison.Ordinal);

        var storeAlone = StatusDocument.Of(
            new StatusReport("not named", Now, [], []) { IsDatabaseKnown = false, IsDatabaseNamed = false }, Now, 0);
        Assert.Null(storeAlone.Database);
        Assert.Null(storeAlone.Migrations);
        Assert.Empty(storeAlone.Backups!);
    }

    [Fact]
    public void Without_a_folder_nobody_says_that_nothing_is_pending()
    {
        var report = Report with { Migrations = [new StatusMigration("0001_add", Now)], IsFolderKnown = false };

        Assert.False(StatusDocument.Of(report, Now, 0).IsFolderKnown);
        Assert.Equal("1 applied, pending not known", report.Counts);
        var text = PrometheusText.Of(StatusMetrics.Of(report, Now, 0).Select(PrometheusText.Written));
        Assert.Contains("state=\"applied\"} 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("state=\"pending\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_metrics_are_of_the_newest_proven_backup_of_each_database()
    {
        var text = PrometheusText.Of([
            .. StatusMetrics.Of(Report, Now, 4).Concat(StatusMetrics.OfBackups(Report.Backups!, Now)).Select(PrometheusText.Written),
        ]);

        Exposition.MustBeValid(text);
        Assert.Equal(
            [
                "belay_backup_age_seconds{database=\"shop\"} 90",
                "belay_backup_proof_level{database=\"shop\"} 3",
                "belay_backup_size_bytes{database=\"shop\"} 1024",
                "belay_backup_timestamp_seconds{database=\"shop\"} 1760264910",
                "belay_backups{database=\"other\"} 1",
                "belay_backups{database=\"shop\"} 2",
                "belay_migrations{database=\"db:5432/shop\",state=\"applied\"} 1",
                "belay_migrations{database=\"db:5432/shop\",state=\"part-way\"} 1",
                "belay_migrations{database=\"db:5432/shop\",state=\"pending\"} 1",
                "belay_status_exit_code 4",
                "belay_status_timestamp_seconds 1760265000",
            ],
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')));
    }

    [Fact]
    public void A_release_tells_its_steps_in_seconds()
    {
        var text = PrometheusText.Of(ReleaseMetrics.Of(Records.Succeeded()).Select(PrometheusText.Written));

        Exposition.MustBeValid(text);
        Assert.Contains(
            "belay_release_duration_seconds{database=\"db.example.com:5432/shop\",step=\"Backup\"} 1.1\n", text, StringComparison.Ordinal);
        Assert.Contains("belay_release_migrations{database=\"db.example.com:5432/shop\"} 1\n", text, StringComparison.Ordinal);
    }
}
