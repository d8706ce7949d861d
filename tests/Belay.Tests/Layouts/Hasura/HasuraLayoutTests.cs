namespace Belay.Tests.Layouts.Hasura;

public sealed class HasuraLayoutTests : LayoutTest
{
    [Fact]
    public void Reads_folders_by_their_time_in_milliseconds()
    {
        Write("1654698227514_b/up.sql", "SELECT 2;");
        Write("1654696186008_a/up.sql", "SELECT 1;");
        Write("1654696186008_a/down.sql", "SELECT -1;");
        var set = Open();
        Assert.Equal(
            ("hasura", "The migrations are in the layout of hasura, as 1654696186008_a/up.sql shows"), (set.Layout, set.Recognition));
        Assert.Equal(
            [(1654696186008m, "a", "SELECT -1;"), (1654698227514m, "b", null)],
            set.Migrations.Select(migration => (migration.Version, migration.Name, migration.Rollback?.Text)));
    }

    [Fact]
    public void Reads_the_folder_of_one_database_and_refuses_those_of_two()
    {
        Write("default/1654696186008_a/up.sql", "SELECT 1;");
        Assert.Equal("default/1654696186008_a/up.sql", Assert.Single(Open().Migrations).FileName);
        Write("other/1654696186009_b/up.sql", "SELECT 2;");
        Assert.Equal(
            [
                $"{Folder} has migrations of 2 databases: default, other. Name the folder of one with --migrations, for example "
                    + $"{PathOf("default")}",
            ], Faults());
    }
}
