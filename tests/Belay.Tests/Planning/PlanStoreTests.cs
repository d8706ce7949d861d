using Belay.Planning;
using Belay.Postgres;
using Belay.Risks;
using Belay.Settings;

namespace Belay.Tests.Planning;

public sealed class PlanStoreTests : IDisposable
{
    private const string File1 = """{"name": "1_a.sql", "sha256": "aa", "checks": null, "rollback": null, "isOutside": false}""";

    private const string Beginning = """
        {"format": 1, "madeUtc": "2025-10-12T10:30:00Z", "database": {"systemIdentifier": "7", "oid": 2, "name": "app"}, "settings": {}
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("belay-plan").FullName;

    private static readonly ReleasePlanFile Plan = new()
    {
        MadeUtc = new DateTimeOffset(2025, 10, 12, 10, 30, 0, TimeSpan.Zero),
        Database = new DatabaseIdentity("7", 2, "größe `app`"),
        Role = "migrator",
        Files = [new PlannedFile("1_a.sql", "aa", "cc", null, false), new PlannedFile("2_b.sql", "bb", null, "dd", true)],
        Settings = new Dictionary<string, string> { ["--layout"] = "auto" },
        Schema = ["table public.user"],
        Changes = ["+ column public.user.x"],
        Checks = ["1_a.sql: columns exist"],
        Tables = ["public.user: 8.0 KiB, about 3 rows"],
        Risks =
        [
            new Risk("drop-column", "1_a.sql", "1_a.sql:1 ALTER TABLE", "public.user.x goes with 3 values", "later")
            {
                Accepted = "we `agreed`",
            },
            new Risk("rename", "1_a.sql", "1_a.sql:2 ALTER TABLE", "public.user.y is z afterwards", "a view"),
        ],
        RiskRemarks = ["1_a.sql:1: accepts truncate, which was not found"],
        Statements = ["1_a.sql:1 ALTER TABLE: 0.1 s"],
        Untried = ["2_b.sql: runs outside a transaction"],
        Rehearsal = new RehearsedFigures
        {
            EndedUtc = new DateTimeOffset(2025, 10, 12, 9, 30, 0, TimeSpan.Zero),
            BackupId = "20251012T090000Z-aa",
            Database = new DatabaseIdentity("7", 5, "größe `app`"),
            Lines = ["1_a.sql:1 ALTER TABLE: 0.2 s"],
            Refusal = "over a budget",
        },
    };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Leaves_no_page_of_a_plan_that_could_not_be_written()
    {
        var path = Directory.CreateDirectory(Path.Combine(folder, "plan.json")).FullName;

        await Assert.ThrowsAnyAsync<SystemException>(() => PlanStore.WriteAsync(folder, Plan, Token));

        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task Reads_what_it_wrote()
    {
        var path = await PlanStore.WriteAsync(folder, Plan, Token);

        Assert.Equivalent(Plan, await PlanStore.ReadAsync(path, Token), strict: true);
        Assert.Equal(["plan.json", "plan.md"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Writes_a_page_for_whoever_approves_it()
    {
        await PlanStore.WriteAsync(folder, Plan, Token);

        Assert.Equal(
            """
            # Plan for `` größe `app` ``, made at 2025-10-12 10:30:00 UTC

            ## Migrations

            - `1_a.sql` with checks, without a rollback script, SHA-256 `aa`
            - `2_b.sql` outside a transaction, without checks, with a rollback script, SHA-256 `bb`

            ## Checks

            - `1_a.sql: columns exist`

            ## Risks

            - `1_a.sql:2 ALTER TABLE: rename: public.user.y is z afterwards. Safer: a view`
            - `` 1_a.sql:1 ALTER TABLE: drop-column: public.user.x goes with 3 values. Accepted because we `agreed` ``
            - `1_a.sql:1: accepts truncate, which was not found`

            ## Tables, as they are now

            - `public.user: 8.0 KiB, about 3 rows`

            ## Statements, in the dry run

            - `1_a.sql:1 ALTER TABLE: 0.1 s`

            ## Rehearsal, on a copy

            - ended at 2025-10-12 09:30:00 UTC, on backup `20251012T090000Z-aa`
            - **refused**: `over a budget`
            - `1_a.sql:1 ALTER TABLE: 0.2 s`

            ## Not tried

            - `2_b.sql: runs outside a transaction`

            ## Schema

            - `+ column public.user.x`

            ## Settings

            - runs as `migrator`
            - `--layout` `auto`

            """,
            await File.ReadAllTextAsync(Path.Combine(folder, "plan.md"), Token));
    }

    [Fact]
    public async Task The_page_tells_risks_that_nobody_looked_for_from_none()
    {
        await PlanStore.WriteAsync(folder, Plan with { Risks = null, RiskRemarks = [] }, Token);
        Assert.Contains("## Risks\n\n- not looked for\n", await PageAsync(), StringComparison.Ordinal);

        await PlanStore.WriteAsync(folder, Plan with { Risks = [], RiskRemarks = [] }, Token);
        Assert.Contains("## Risks\n\n- none found\n", await PageAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"format\": 2}")]
    [InlineData("[1, 2")]
    [InlineData("{\"format\": 1, \"madeUtc\": \"2025-10-12T10:30:00Z\", \"database\": null, \"files\": null, \"settings\": null}")]
    [InlineData($"{Beginning}, \"files\": [null]}}")]
    [InlineData($"{Beginning}, \"files\": [{File1}, {File1}]}}")]
    [InlineData($"{Beginning}, \"files\": [{File1}], \"schema\": [null]}}")]
    public async Task A_file_that_is_no_plan_is_refused(string text)
    {
        var path = Path.Combine(folder, "plan.json");
        await File.WriteAllTextAsync(path, text, Token);

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => PlanStore.ReadAsync(path, Token));

        Assert.StartsWith($"--plan-file {path} is no plan: ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("; nothing was touched", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("./build.sh PlanRelease writes artifacts/plan.json", refusal.Hint);
    }

    [Fact]
    public async Task Figures_of_a_rehearsal_with_a_line_of_nothing_are_none()
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder, "rehearsal.json"),
            """
            {"endedUtc": "2025-10-12T10:30:00Z", "backupId": "a", "database": {"systemIdentifier": "7", "oid": 2, "name": "app"},
                "lines": [null]}
            """,
            Token);

        Assert.Null(await FigureStore.ReadAsync(folder, Token));
    }

    [Fact]
    public async Task So_is_one_that_is_not_there()
        => Assert.Contains(
            "is no plan: Could not find file",
            (await Assert.ThrowsAsync<SettingsException>(() => PlanStore.ReadAsync(Path.Combine(folder, "x.json"), Token))).Message,
            StringComparison.Ordinal);

    private Task<string> PageAsync() => File.ReadAllTextAsync(Path.Combine(folder, "plan.md"), Token);
}
