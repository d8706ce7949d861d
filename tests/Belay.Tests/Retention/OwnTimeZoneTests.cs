namespace Belay.Tests.Retention;

/// <summary>Makes sure that the suite does run in the zone that <see cref="TimeZoneTests"/> asked for.</summary>
public sealed class OwnTimeZoneTests
{
    [Fact]
    public void Runs_in_the_zone_that_was_asked_for()
    {
        var asked = Environment.GetEnvironmentVariable("BELAY_TEST_ZONE") ?? TimeZoneInfo.Local.Id;
        Assert.Equal(TimeZoneInfo.FindSystemTimeZoneById(asked).BaseUtcOffset, TimeZoneInfo.Local.BaseUtcOffset);
    }
}
