using Belay.Reporting;

namespace Belay.Tests.Reporting;

public sealed class ReleaseMarkdownTests
{
    [Fact]
    public void Shows_a_release_that_succeeded()
    {
        var record = Records.Succeeded();

        var page = ReleaseMarkdown.Page(record with { Tasks = ReleaseTasks.For(record, "artifacts/RELEASES.md") });

        Assert.Equal(
            """
            # Release of db.example.com:5432/shop: succeeded

            |  |  |
            |---|---|
            | Run | 1a2b3c |
            | Targets | Migrate |
            | Who | ada@build-7 |
            | Started at | 2025-10-12 10:30:00 UTC |
            | Finished at | 2025-10-12 10:30:02 UTC |
            | Took | 2.0 s |
            | Exit code | 0 |

            ## Preflight

            - PostgreSQL 15.18

            ## Backup

            | Id | Store | Size | Proof | Kept until |
            |---|---|---|---|---|
            | 20251012T103000Z-1a2b3c | azure://acc/backups | 2.0 KiB | readback | 2025-10-19 10:30:00 UTC |

            ## Migrations

            | Migration | Applied | Duration |
            |---|---|---|
            | 0001_add_user_analysis_preferences | 2025-10-12 10:30:01 UTC | 0.2 s |

            ## Schema changes

                - column public.a.n smallint
                + column public.a.n integer

            ## Checks

            | Check | Result |
            |---|---|
            | columns exist | passed |

            ## Login

            | Before | After |
            |---|---|
            | 500 column user.max_reports does not exist | 200 with a valid token |

            ## Steps

            | Step | Status | Duration | Fact |
            |---|---|---|---|
            | Backup | Succeeded | 1.1 s | 2.0 KiB |

            ## Post-migration tasks

            - [x] Verify authentication works (test login): 500 column user.max_reports does not exist → 200 with a valid token
            - [ ] Monitor application logs for any errors: yours to do; ./build.sh Watch repeats logins and checks, and reads the server's log
            - [ ] Update team on successful migration: yours to do; WEBHOOK_URL tells a chat room
            - [x] Document migration timestamp in change log: in RELEASES.md
            - [ ] Mark this migration as completed in tracking system: the database's own history, belay.migration, has it; other trackers are yours to update
            - [x] Keep backup for 7 days before deletion: 20251012T103000Z-1a2b3c is kept until 2025-10-19 10:30:00 UTC

            """.ReplaceLineEndings("\n"),
            page);
    }

    [Fact]
    public void Shows_why_a_release_failed()
    {
        var page = ReleaseMarkdown.Page(Records.Failed());

        Assert.StartsWith("# Release of db.example.com:5432/shop: failed (exit 8)\n", page, StringComparison.Ordinal);
        Assert.Contains(
            "\n    Verification failed: 1 of 3 checks\n      row 2: expected 5, got 6\n\nHint: run ./build.sh Verify\n",
            page,
            StringComparison.Ordinal);
        Assert.Contains(
            "| columns \\| exist | FAILED: row 2: expected 5, got 6<br>row 3: expected 5, got 7 |", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Post-migration tasks", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_what_was_written_into_the_history_without_running_it()
        => Assert.Contains(
            "\n## History\n\n- 1 orders: baseline: by hand\n- 2 items: baseline: by hand\n",
            ReleaseMarkdown.Page(Records.Succeeded() with { History = ["1 orders: baseline: by hand", "2 items: baseline: by hand"] }),
            StringComparison.Ordinal);

    [Fact]
    public void Writes_one_line_into_the_log()
    {
        Assert.Equal(
            "| 2025-10-12 10:30:02 UTC | db.example.com:5432/shop | succeeded | 0001_add_user_analysis_preferences | "
                + "20251012T103000Z-1a2b3c "
            + "| 500 column user.max_reports does not exist → 200 with a valid token | ada@build-7 |\n",
            ReleaseMarkdown.LogLine(Records.Succeeded()));
        Assert.Equal(
            "| 2025-10-12 10:30:02 UTC | none | cancelled (exit 130) | none | none | none | ada@build-7 |\n",
            ReleaseMarkdown.LogLine(
                Records.Failed() with { Database = null, Backup = null, Outcome = ReleaseOutcome.Cancelled, ExitCode = 130 }));
    }
}
