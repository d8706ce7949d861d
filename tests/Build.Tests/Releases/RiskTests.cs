using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>What a migration risks is said, and refused where that was asked for, before anything runs.</summary>
public sealed class RiskTests(ReleaseWorld world)
{
    private const string Risk =
        "ALTER TABLE: drop-column: public.legacy.note goes with 7 values (public.legacy: 8.0 KiB, about 7 rows). ";

    [Fact]
    public async Task Refuses_a_risk_until_the_file_accepts_it_and_records_why()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.ExecuteAsync(
            "CREATE TABLE legacy AS SELECT generate_series(1, 7) AS id, 'x'::text AS note; ANALYZE legacy; "
                + $"ALTER TABLE legacy OWNER TO \"{world.Roles.Owner}\"");
        var file = Path.Combine(release.Migrations, "0002_drop.sql");
        await File.WriteAllTextAsync(file, "ALTER TABLE legacy DROP COLUMN note;\n", Token);

        (await release.BuildAsync("PlanRelease"))
            .MustExitWith(0)
            .MustPrint("Risks: 1 risk found, 0 accepted")
            .MustPrint($"0002_drop.sql:1 {Risk}");
        Assert.Contains($"- `0002_drop.sql:1 {Risk}Safer: ", await PlanAsync(release), StringComparison.Ordinal);
        (await release.BuildAsync("Migrate", "--risk", "refuse"))
            .MustExitWith(3)
            .MustPrint("1 risk in the migrations that nobody has accepted; the database is as before:")
            .MustPrint($"0002_drop.sql:1 {Risk}Safer: have the application leave the column alone in this release, and drop it ")
            .MustPrint("Hint: Take the safer form, or write into the file's head: -- belay: accept drop-column because …");
        (await release.BuildAsync("Rehearse", "--risk", "refuse"))
            .MustExitWith(3)
            .MustPrint("0002_drop.sql:1 ALTER TABLE: drop-column: public.legacy.note goes with 7 values (public.legacy: 8.0 KiB, about ");
        Assert.Equal(0, await release.CountNewColumnsAsync());

        await File.WriteAllTextAsync(
            file, "-- belay: accept drop-colum because nothing reads it\nALTER TABLE legacy DROP COLUMN note;\n", Token);
        (await release.BuildAsync("Preflight")).MustExitWith(3).MustPrint($"{file}:1: \"accept drop-colum\" names no rule");

        await File.WriteAllTextAsync(
            file, "-- belay: accept drop-column because nothing reads it\nALTER TABLE legacy DROP COLUMN note;\n", Token);
        (await release.BuildAsync("Migrate", "--risk", "refuse"))
            .MustExitWith(0)
            .MustPrint($"0002_drop.sql:2 {Risk}Accepted because nothing reads it");
        Assert.Equal(4, await release.CountNewColumnsAsync());
        Assert.Contains(
            Directory.EnumerateFiles(Path.Combine(release.Root, "artifacts"), "*.json"),
            record => File.ReadAllText(record).Contains("Accepted because nothing reads it", StringComparison.Ordinal));
    }

    private static Task<string> PlanAsync(ReleaseUnderTest release)
        => File.ReadAllTextAsync(Path.Combine(release.Root, "artifacts", "plan.md"), Token);
}
