using Belay.Backups.Proving;

namespace Belay.Tests.Backups.Proving;

public sealed class AmcheckFaultsTests
{
    private const string OutOfMemory = """
        btree index "shop.public.orders_pkey":
            ERROR:  out of memory
            DETAIL:  Failed on request of size 8192 in memory context "amcheck context".
        """;

    private const string DamagedTable = """
        heap table "shop.public.orders", block 0, offset 1, attribute 0:
            attribute 0 with length 4294967295 ends at offset 416848000 beyond total tuple length 58
        """;

    private const string DamagedIndex = """
        btree index "shop.public.orders_pkey":
            ERROR:  item order invariant violated for index "orders_pkey"
            DETAIL:  Lower index tid=(1,2) higher index tid=(1,3) page lsn=0/2000000.
        """;

    [Theory]
    [InlineData(OutOfMemory, true)]
    [InlineData("btree index \"shop.public.orders_pkey\":\n    FATAL:  terminating connection due to administrator command", true)]
    [InlineData(DamagedTable, false)]
    [InlineData(DamagedIndex, false)]
    [InlineData(OutOfMemory + "\n" + DamagedTable, false)]
    [InlineData(DamagedIndex + "\n" + OutOfMemory, false)]
    [InlineData("btree index \"shop.public.orders_pkey\":\n    ERROR:  could not read block 3 in file \"base/5/16385\"", false)]
    [InlineData("something that no version prints", false)]
    public void Takes_what_a_server_says_that_gives_out_for_no_damage(string found, bool ofServer)
        => Assert.Equal(ofServer, AmcheckFaults.AreOfServer(found.ReplaceLineEndings("\n")));
}
