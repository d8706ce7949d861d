namespace Belay.Tests.Layouts.Sqitch;

public sealed class SqitchLayoutTests : LayoutTest
{
    private const string Stamp = "2013-12-30T23:49:00Z Ann <ann@example.com> # why";

    [Fact]
    public void Reads_scripts_of_three_folders_in_the_order_of_the_plan()
    {
        Write(
            "sqitch.plan",
            $"%syntax-version=1.0.0\n%project=app\n\nschema {Stamp}\nusers [schema] {Stamp}\n@v1 {Stamp}\n+b/index {Stamp}\n# the end\n");
        Write("deploy/users.sql", "BEGIN;\nSELECT 2;\nCOMMIT;");
        Write("deploy/schema.sql", "SELECT 1;");
        Write("deploy/b/index.sql", "CREATE INDEX CONCURRENTLY i ON t (a);\nSELECT 1;");
        Write("deploy/forgotten.sql", "SELECT 1;");
        Write("revert/users.sql", "SELECT -2;");
        Write("verify/users.sql", "SELECT 1/count(*) FROM users;");
        Assert.Equal(["deploy/forgotten.sql is not in the plan and does not run"], Open().Remarks);
        var migrations = Open().Migrations;
        Assert.Equal(
            [(1m, "schema", false), (2m, "users", false), (3m, "b/index", true)],
            migrations.Select(migration => (migration.Version, migration.Name, migration.Directives.NoTransaction)));
        Assert.Equal([null, "SELECT -2;", null], migrations.Select(migration => migration.Rollback?.Text));
        Assert.Equal([null, true, null], migrations.Select(migration => migration.Verify?.IsAssertion));
    }

    [Fact]
    public void Runs_the_earlier_text_of_a_reworked_change_under_its_tag()
    {
        Write("sqitch.plan", $"a {Stamp}\n@v1 {Stamp}\nb {Stamp}\n@v2 {Stamp}\na [a@v1] {Stamp}\n");
        Write("deploy/a@v1.sql", "SELECT 'first';");
        Write("deploy/a.sql", "SELECT 'second';");
        Write("deploy/b.sql", "SELECT 'b';");
        Assert.Equal(["SELECT 'first';", "SELECT 'b';", "SELECT 'second';"], Open().Migrations.Select(migration => migration.Text));
    }

    [Theory]
    [InlineData("a@v1.sql,a@v2.sql,a@v3.sql", "a@v2.sql")]
    [InlineData("a@v1.sql,a@v3.sql", "a@v1.sql")]
    public void Takes_of_the_tags_between_a_change_and_its_rework_the_latest_whose_script_exists(string scripts, string taken)
    {
        Write("sqitch.plan", $"a {Stamp}\n@v1 {Stamp}\nb {Stamp}\n@v2 {Stamp}\na [a@v1] {Stamp}\n@v3 {Stamp}\n");
        scripts.Split(',').ToList().ForEach(script => Write($"deploy/{script}", $"SELECT '{script}';"));
        scripts.Split(',').ToList().ForEach(script => Write($"verify/{script}", "SELECT 1;"));
        Write("deploy/a.sql", "SELECT 'new';");
        Write("deploy/b.sql", "SELECT 'b';");
        Write("verify/a.sql", "SELECT 1;");

        var migrations = Open().Migrations;

        Assert.Equal([$"SELECT '{taken}';", "SELECT 'b';", "SELECT 'new';"], migrations.Select(migration => migration.Text));
        Assert.Equal([true, false, false], migrations.Select(migration => migration.IsReworked));
        Assert.Equal(PathOf($"verify/{taken}"), migrations[0].Verify?.Path);
    }

    [Fact]
    public void Names_every_script_that_a_reworked_change_could_have()
    {
        Write("sqitch.plan", $"a {Stamp}\n@v1 {Stamp}\n@v2 {Stamp}\na [a@v2] {Stamp}\n");
        Write("deploy/a.sql", "SELECT 1;");
        Assert.Equal([$"{PathOf("sqitch.plan")}:1: a has no script {PathOf("deploy/a@v2.sql")} or {PathOf("deploy/a@v1.sql")}"], Faults());
    }

    [Fact]
    public void Refuses_a_plan_that_cannot_be_followed()
    {
        Write("sqitch.plan", $"a {Stamp}\na {Stamp}\n-a {Stamp}\nmissing {Stamp}\n");
        Write("deploy/a.sql", "SELECT 1;");
        var plan = PathOf("sqitch.plan");
        Assert.Equal(
            [
                $"{plan}:2: a is in the plan twice without a tag between",
                $"{plan}:3: -a takes a change back in the middle of the plan",
                $"{plan}:4: missing has no script {PathOf("deploy/missing.sql")}",
            ],
            Faults());
    }
}
