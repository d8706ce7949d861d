using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class AmbientEnvironmentTests
{
    [Theory]
    [InlineData("PGHOST", true)]
    [InlineData("PGSSLMODE", true)]
    [InlineData("PGTZ", true)]
    [InlineData("PGREQUIREAUTH", true)]
    [InlineData("PGPASSWORD", false)]
    [InlineData("PGPASSFILE", false)]
    [InlineData("PG_BIN", false)]
    [InlineData("PG_COLOR", false)]
    [InlineData("PG", false)]
    [InlineData("PATH", false)]
    public void Knows_the_variables_that_steer_a_connection(string name, bool expected)
        => Assert.Equal(expected, AmbientEnvironment.Steers(name));

    [Fact]
    public void Removes_them_and_says_which()
    {
        Environment.SetEnvironmentVariable("PGTZ", "UTC");

        Assert.Contains("PGTZ", AmbientEnvironment.Clear());
        Assert.Null(Environment.GetEnvironmentVariable("PGTZ"));
    }
}
