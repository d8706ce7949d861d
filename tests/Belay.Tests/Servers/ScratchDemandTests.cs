using Belay.Servers;
using Belay.Settings;

namespace Belay.Tests.Servers;

public sealed class ScratchDemandTests
{
    [Fact]
    public void Refuses_every_server_when_nothing_tells_which_one_is_released_to()
    {
        Demand("7", "unknown", "8");

        var refusal = Assert.Throws<SettingsException>(() => Demand("7", "unknown", "unknown"));

        Assert.Equal(
            (
                "The server of SCRATCH_URL may be the one that is released to, which tells its system identifier neither in the backup nor "
                    + "to the role of DATABASE_URL. Nothing was touched.",
                "GRANT EXECUTE ON FUNCTION pg_control_system() TO the role of DATABASE_URL, there; without SCRATCH_URL a server is started "
                    + "on this machine"),
            (refusal.Message, refusal.Hint));
    }

    private static void Demand(string system, params string[] productive) => new ScratchDemand
    {
        Major = 15,
        Productive = productive,
        Now = DateTimeOffset.UnixEpoch,
    }.Demand(system, 15, mayCreate: true);
}
