using Belay.Layouts;
using Belay.Settings;
using Belay.Tool.Scaffolding;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Tool.Scaffolding;

public sealed class NewMigrationTests : IDisposable
{
    private static readonly FakeTimeProvider TimeProvider = new(new DateTimeOffset(2025, 10, 12, 10, 30, 0, TimeSpan.Zero));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belay-new-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Begins_a_missing_folder_in_Belay_s_own_layout()
    {
        var inner = Path.Combine(folder.FullName, "db", "migrations");

        var files = new NewMigration(inner, "auto", "add_orders", "belay").Write(TimeProvider);

        Assert.Equal(
            ["0001_add_orders.sql", "0001_add_orders.verify.sql", "0001_add_orders.rollback.sql"],
            files.Select(file => Path.GetRelativePath(inner, file)));
        var migration = Assert.Single(MigrationFolder.Read(inner));
        Assert.Equal((1m, "add_orders"), (migration.Version, migration.Name));
        Assert.NotNull(migration.Verify);
        Assert.NotNull(migration.Rollback);
    }

    [Theory]
    [InlineData("auto", "0009_a.sql", "0010_add_x.sql|0010_add_x.rollback.sql|0010_add_x.verify.sql")]
    [InlineData(
        "auto", "20240131120000_a.sql", "20251012103000_add_x.sql|20251012103000_add_x.rollback.sql|20251012103000_add_x.verify.sql")]
    [InlineData(
        "auto", "20991231235959_a.sql", "20991231235960_add_x.sql|20991231235960_add_x.rollback.sql|20991231235960_add_x.verify.sql")]
    [InlineData("auto", "V1__a.sql", "U2__add_x.sql|V2__add_x.sql|V2__add_x.verify.sql")]
    [InlineData("auto", "V1.9__a.sql", "U1.10__add_x.sql|V1.10__add_x.sql|V1.10__add_x.verify.sql")]
    [InlineData("auto", "more/V003__a.sql", "more/U004__add_x.sql|more/V004__add_x.sql|more/V004__add_x.verify.sql")]
    [InlineData("auto", "000001_a.up.sql", "000002_add_x.down.sql|000002_add_x.up.sql|000002_add_x.up.verify.sql")]
    [InlineData(
        "auto",
        "2024-01-31-120000_a/up.sql",
        "2025-10-12-103000_add_x/down.sql|2025-10-12-103000_add_x/up.sql|2025-10-12-103000_add_x/up.verify.sql")]
    [InlineData(
        "auto", "1654696186008_a/up.sql", "1760265000000_add_x/down.sql|1760265000000_add_x/up.sql|1760265000000_add_x/up.verify.sql")]
    [InlineData("plain", "007-a.sql", "008-add_x.sql|008-add_x.rollback.sql|008-add_x.verify.sql")]
    [InlineData(
        "sqlx", "20240131120000_a.sql", "20251012103000_add_x.sql|20251012103000_add_x.rollback.sql|20251012103000_add_x.verify.sql")]
    [InlineData(
        "sqlx", "20240131120000_a.up.sql", "20251012103000_add_x.down.sql|20251012103000_add_x.up.sql|20251012103000_add_x.up.verify.sql")]
    [InlineData("refinery", "V3__a.sql", "V4__add_x.rollback.sql|V4__add_x.sql|V4__add_x.verify.sql")]
    public void Continues_a_folder_in_its_own_layout(string layout, string newest, string expected)
    {
        Put(newest, "SELECT 1;");

        new NewMigration(folder.FullName, layout, "add_x", "belay").Write(TimeProvider);

        Assert.Equal(expected.Split('|').Append(newest).Order(StringComparer.Ordinal), Files());
    }

    [Theory]
    [InlineData("20240131120000_a.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n", "-- migrate:up")]
    [InlineData("20240131120000_a.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n", "-- +goose Up")]
    [InlineData("20240131120000_a.sql", "-- +migrate Up\nSELECT 1;\n-- +migrate Down\nSELECT 2;\n", "-- +migrate Up")]
    [InlineData("1654696186008_a.sql", "-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;\n", "-- Up Migration")]
    [InlineData("001_a.sql", "SELECT 1;\n---- create above / drop below ----\nSELECT 2;\n", "---- create above / drop below ----")]
    public void Writes_the_markers_of_a_layout_whose_files_hold_their_own_way_back(string newest, string text, string marker)
    {
        Put(newest, text);

        var files = new NewMigration(folder.FullName, "auto", "add_x", "belay").Write(TimeProvider);

        Assert.Equal(2, files.Count);
        Assert.Contains(marker, File.ReadAllText(files[0]), StringComparison.Ordinal);
        Assert.EndsWith(".verify.sql", files[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prisma", "20240131120000_a/migration.sql", "npx prisma migrate dev --create-only --name <name>")]
    public void Leaves_to_a_tool_what_only_the_tool_can_make(string layout, string newest, string hint)
    {
        Put(newest, "SELECT 1;");

        var failure = Assert.Throws<SettingsException>(
            () => new NewMigration(folder.FullName, layout, "add_x", "belay").Write(TimeProvider));

        Assert.Equal(
            $"A migration in the layout of {layout} is made by {layout} itself, which keeps more about it than its files", failure.Message);
        Assert.Equal(hint, failure.Hint);
    }

    [Fact]
    public void Leaves_nothing_behind_of_a_number_that_would_not_be_the_last()
    {
        Put("2017-09-23 first.sql", "SELECT 1;");

        Assert.ThrowsAny<BelayException>(() => new NewMigration(folder.FullName, "plain", "add_x", "belay").Write(TimeProvider));

        Assert.Equal(["2017-09-23 first.sql"], Files());
    }

    [Fact]
    public void Overwrites_nothing()
    {
        Put("0001_a.sql", "SELECT 1;");
        File.WriteAllText(Path.Combine(folder.FullName, "0002_add_x.sql.txt"), "mine");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "0002_add_x.rollback.sql"));

        Assert.ThrowsAny<Exception>(() => new NewMigration(folder.FullName, "belay", "add_x", "belay").Write(TimeProvider));

        Assert.Equal("SELECT 1;", File.ReadAllText(Path.Combine(folder.FullName, "0001_a.sql")));
    }

    [Theory]
    [InlineData("Add currency to orders", "belay new add_currency_to_orders")]
    [InlineData("../x", "belay new x")]
    [InlineData("1st", "belay new add_x")]
    [InlineData("", "belay new add_x")]
    public void Refuses_a_name_that_is_none_and_says_a_better_one(string name, string hint)
    {
        var failure = Assert.Throws<SettingsException>(() => NewCommand.DemandName(name, "belay"));

        Assert.Equal(
            $"\"{name}\" is no name of a migration: it has letters, digits and underscores, at most 80, and begins with a letter",
            failure.Message);
        Assert.Equal(hint, failure.Hint);
    }

    private void Put(string file, string text)
    {
        var path = Path.Combine(folder.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private IEnumerable<string> Files() => Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder.FullName, file).Replace(Path.DirectorySeparatorChar, '/'))
        .Order(StringComparer.Ordinal);
}
