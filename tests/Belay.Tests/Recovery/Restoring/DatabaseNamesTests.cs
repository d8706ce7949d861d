using System.Text;
using Belay.Recovery.Restoring;

namespace Belay.Tests.Recovery.Restoring;

public sealed class DatabaseNamesTests
{
    private static readonly DateTimeOffset Now = new(2025, 10, 12, 10, 30, 0, TimeSpan.FromHours(2));

    [Fact]
    public void A_name_says_what_the_database_is_and_when_it_became_that()
    {
        Assert.Equal("app_restoring_20251012_083000", DatabaseNames.Restoring("app", Now));
        Assert.Equal("app_replaced_20251012_083000", DatabaseNames.Replaced("app", Now));
        Assert.Equal("app_restored_20251012_083000", DatabaseNames.Restored("app", Now));
    }

    [Theory]
    [InlineData("an_application_whose_name_has_all_the_sixty_three_bytes_it_may_")]
    [InlineData("données_de_la_société_générale_des_données_été_à_côté")]
    [InlineData("数据库数据库数据库数据库数据库数据库数据库")]
    public void A_long_name_is_cut_between_characters_so_that_the_server_cuts_nothing(string database)
    {
        var name = DatabaseNames.Replaced(database, Now);

        Assert.InRange(Encoding.UTF8.GetByteCount(name), 60, 63);
        Assert.EndsWith("_replaced_20251012_083000", name, StringComparison.Ordinal);
        Assert.DoesNotContain('�', name);
        Assert.True(DatabaseNames.IsReplaced(name, database));
    }

    [Theory]
    [InlineData("app_replaced_20251012_083000", true)]
    [InlineData("app", false)]
    [InlineData("other_replaced_20251012_083000", false)]
    [InlineData("app_restoring_20251012_083000", false)]
    [InlineData("app_replaced_20251012", false)]
    [InlineData("app_replaced_20251012_083000_kept", false)]
    [InlineData("_replaced_20251012_083000", false)]
    [InlineData("a_replaced_20251012_083000", false)]
    [InlineData("app_replaced_20251312_083000", false)]
    public void Only_a_name_that_a_restore_gave_is_one(string name, bool expected)
        => Assert.Equal(expected, DatabaseNames.IsReplaced(name, "app"));
}
