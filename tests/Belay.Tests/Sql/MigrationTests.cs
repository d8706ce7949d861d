using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class MigrationTests
{
    private static readonly Migration Migration = new() { Version = 1, Name = "a", Path = "/m/1_a.sql", Text = "SELECT 1;", Sha256 = "0" };

    [Fact]
    public void Is_named_like_its_file_and_its_rollback_script_stands_beside_it()
        => Assert.Equal(
            ("1_a.sql", "1_a.rollback.sql", "1_a.sql"),
            (Migration.FileName, Migration.RollbackPlace, Migration.Script.FileName));

    [Fact]
    public void Is_named_as_its_layout_says()
    {
        var named = Migration with { FileName = "1_a/up.sql", RollbackPlace = "1_a/down.sql" };
        Assert.Equal(("1_a/up.sql", "1_a/down.sql"), (named.FileName, named.RollbackPlace));
        Assert.Equal(("1_a/up.sql", "other.sql"), (named.Script.FileName, new ScriptSource("/m/other.sql", "").FileName));
    }
}
