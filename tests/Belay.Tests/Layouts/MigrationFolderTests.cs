using System.Text;
using Belay.History;
using Belay.Layouts;

namespace Belay.Tests.Layouts;

public sealed class MigrationFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("belay-migrations-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Reads_migrations_with_companions_in_the_order_of_their_numbers()
    {
        Write("10_c.sql", "SELECT 3;");
        Write("0002_b.sql", "-- belay: lock-timeout 500ms\nSELECT 2;");
        Write("0002_b.verify.sql", "");
        Write("0001_a-B_1.sql", "SELECT 1;");
        Write("0001_a-B_1.rollback.sql", "");
        Write("README.md", "not a script");

        var migrations = MigrationFolder.Read(folder);

        Assert.Equal(["0001_a-B_1.sql", "0002_b.sql", "10_c.sql"], migrations.Select(migration => migration.FileName));
        Assert.Equal([(1m, "a-B_1"), (2m, "b"), (10m, "c")], migrations.Select(migration => (migration.Version, migration.Name)));
        Assert.Equal([null, Path.Combine(folder, "0002_b.verify.sql"), null], migrations.Select(migration => migration.Verify?.Path));
        Assert.Equal(
            [Path.Combine(folder, "0001_a-B_1.rollback.sql"), null, null], migrations.Select(migration => migration.Rollback?.Path));
        Assert.Equal(TimeSpan.FromMilliseconds(500), migrations[1].Directives.LockTimeout);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n\n")]
    [InlineData("\r\n \t\r\n")]
    public void Reads_a_file_that_is_blank(string text)
    {
        Write("0001_blank.sql", text);

        Assert.Equal("0001_blank.sql", Assert.Single(MigrationFolder.Read(folder)).FileName);
    }

    [Fact]
    public void Hashes_the_same_whatever_the_line_ends_and_the_byte_order_mark()
    {
        Write("1_unix.sql", "SELECT 1;\nSELECT 2;\n");
        Write("2_windows.sql", "\uFEFFSELECT 1;\r\nSELECT 2;\r\n");
        Write("3_other.sql", "SELECT 1;\nSELECT 3;\n");
        var migrations = MigrationFolder.Read(folder);
        Assert.Equal("82efb67f3010c6eb7ead02e4f6d9550633dbc1407f99aa487468e7b2567aebbc", migrations[0].Sha256);
        Assert.Equal((migrations[0].Sha256, migrations[0].Text), (migrations[1].Sha256, migrations[1].Text));
        Assert.NotEqual(migrations[0].Sha256, migrations[2].Sha256);
    }

    [Fact]
    public void Names_every_fault_of_the_folder_at_once()
    {
        Write("0001_a.sql", "SELECT 1;");
        Write("1_b.sql", "SELECT 1;");
        Write("2_b.verify.sql", "");
        Write("3_c.sql", "-- belay: lock-timeout soon\nSELECT 1;");
        Write("add_column.sql", "SELECT 1;");
        File.WriteAllBytes(Path.Combine(folder, "4_d.sql"), [0x53, 0xE9, 0x53]);

        var exception = Assert.Throws<MigrationException>(() => MigrationFolder.Read(folder));

        var lines = exception.Message.Split('\n');
        Assert.Equal(ExitCodes.Usage, exception.ExitCode);
        Assert.Equal(5, lines.Length);
        Assert.Equal($"{Path.Combine(folder, "2_b.verify.sql")} has no migration 2_b.sql beside it", lines[0]);
        Assert.Equal(
            $"{Path.Combine(folder, "3_c.sql")}:1: unknown directive \"lock-timeout soon\"; known are no-transaction, lock-timeout "
                + "<time>, statement-timeout <time>, accept <rule> because <reason> and, once, adopts <id>, "
                + "with times like 500ms, 2s, 10min, 1h",
            lines[1]);
        Assert.StartsWith($"{Path.Combine(folder, "4_d.sql")} is not UTF-8: ", lines[2], StringComparison.Ordinal);
        Assert.Equal("Version 1 is used by 2 files: 0001_a.sql, 1_b.sql", lines[3]);
        Assert.Equal($"{Path.Combine(folder, "add_column.sql")} is not named like a migration of belay", lines[4]);
        Assert.Equal(
            "name the files like 0001_snake_case.sql, with 0001_snake_case.verify.sql and 0001_snake_case.rollback.sql beside it",
            exception.Hint);
    }

    [Theory]
    [InlineData(
        "1_a.sql",
        "SELECT 1;\n-- +goose Down\nSELECT -1;",
        "belay",
        "take the way back out of the file, or choose the layout that reads it with --layout")]
    [InlineData("1_a.sql", "SELECT 1;\n-- belay: no-transaction\n", "belay", "put right what the message names, then ./build.sh Preflight")]
    [InlineData("1_a.sql", "-- belay: nonsense\nSELECT 1;", "belay", "put right what the message names, then ./build.sh Preflight")]
    [InlineData("1_a.sql", "SELECT {{ a }};", "belay", "put right what the message names, then ./build.sh Preflight")]
    [InlineData("1_a.sql", "--liquibase formatted sql\nSELECT 1;", "belay", "put right what the message names, then ./build.sh Preflight")]
    [InlineData("1_a.sql", "SELECT\0 1;", "belay", "put right what the message names, then ./build.sh Preflight")]
    [InlineData("1_a.sql", "SELECT 1;", "goose", "put right what the message names, then ./build.sh Preflight")]
    [InlineData(
        "a.sql",
        "SELECT 1;",
        "plain",
        "name the files like 7.sql, 007-name.sql, 1.2_name.sql, 20170923142211_name.sql or 2017-09-23-142211_name.sql")]
    public void Blames_the_names_only_where_a_name_is_to_blame(string file, string text, string layout, string hint)
    {
        File.WriteAllText(Path.Combine(folder, file), text);
        Assert.Equal(hint, Assert.Throws<MigrationException>(() => MigrationFolder.Open(folder, layout)).Hint);
    }

    [Fact]
    public void Refuses_a_folder_that_is_not_there()
    {
        var missing = Path.Combine(folder, "missing");
        var exception = Assert.Throws<MigrationException>(() => MigrationFolder.Read(missing));
        Assert.Equal((ExitCodes.Usage, $"Migration file not found: there is no folder {missing}"), (exception.ExitCode, exception.Message));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text, new UTF8Encoding(false));
}
