using Belay.History;

namespace Belay.Tests.Layouts;

public sealed class LeftFilesTests : LayoutTest
{
    [Fact]
    public void Refuses_a_folder_without_any_script()
    {
        Write("README.md", "text");
        var exception = Assert.Throws<MigrationException>(() => Open());
        Assert.Equal($"There is no migration in {Folder}: no file in it ends in .sql", exception.Message);
        Assert.Equal("name the files like 0001_snake_case.sql, or choose their layout with --layout", exception.Hint);
        Assert.Equal([$"There is no migration in {Folder} that the layout flyway could run"], Faults("flyway"));
    }

    [Fact]
    public void Names_the_folder_below_that_the_migrations_lie_in()
    {
        Write("db/migrations/0001_a.sql", "SELECT 1;");
        Write("db/migrations/0002_b.sql", "SELECT 2;");
        Write("test/seed.sql", "SELECT 3;");
        var exception = Assert.Throws<MigrationException>(() => Open());
        Assert.Equal(
            $"{PathOf("db/migrations/0001_a.sql")} lies in a folder below and is not run; it looks like one of belay's\n"
            + $"{PathOf("db/migrations/0002_b.sql")} lies in a folder below and is not run; it looks like one of belay's\n"
            + $"{PathOf("test/seed.sql")} is not named like a migration",
            exception.Message);
        Assert.Equal($"./build.sh Preflight --migrations {PathOf("db/migrations")}", exception.Hint);
    }

    [Fact]
    public void Names_every_script_that_a_layout_would_pass_over_and_what_it_looks_like()
    {
        Write("0001_a.sql", "SELECT 1;");
        Write("0001_a.verify.SQL", "");
        Write("0002_b.SQL", "SELECT 2;");
        Write("0003_c.sql ", "SELECT 3;");
        Write("0004-d.sql", "SELECT 4;");
        Write("V5__e.sql", "SELECT 5;");
        Write("more/0006_f.sql", "SELECT 6;");
        Write("notes.sql", "SELECT 7;");
        Directory.CreateDirectory(PathOf("0008_h.sql"));
        Assert.Equal(
            [
                $"{PathOf("0001_a.verify.SQL")} does not end in .sql in small letters",
                $"{PathOf("0002_b.SQL")} does not end in .sql in small letters",
                $"{PathOf("0003_c.sql ")} has a blank at the end of its name",
                $"{PathOf("0004-d.sql")} is not read in the layout belay; it looks like one of plain's",
                $"{PathOf("V5__e.sql")} is not read in the layout belay; it looks like one of flyway's",
                $"{PathOf("more/0006_f.sql")} lies in a folder below and is not read in the layout belay; it looks like one of belay's",
                $"{PathOf("notes.sql")} is not named like a migration of belay",
                $"{PathOf("0008_h.sql")} is a folder, though its name is a script's",
            ],
            Faults("belay"));
    }

    [Fact]
    public void Names_twenty_of_many()
    {
        for (var number = 1; number <= 22; number++)
        {
            Write($"notes{number:00}.sql", "");
        }

        Assert.Equal([$"{PathOf("notes20.sql")} is not named like a migration", "and 2 more"], Faults().Skip(19));
    }

    [Fact]
    public void Reads_each_file_of_a_mounted_ConfigMap_once()
    {
        Write("..2026_01/V1__a.sql", "SELECT 1;");
        Directory.CreateSymbolicLink(PathOf("..data"), PathOf("..2026_01"));
        File.CreateSymbolicLink(PathOf("V1__a.sql"), PathOf("..data/V1__a.sql"));
        Assert.Equal(["V1__a.sql"], Open().Migrations.Select(migration => migration.FileName));
    }

    [Fact]
    public void Comes_to_an_end_where_links_make_a_circle()
    {
        Write("one/V1__a.sql", "SELECT 1;");
        Directory.CreateSymbolicLink(PathOf("one/again"), Folder);
        Assert.Single(Open().Migrations);
    }
}
