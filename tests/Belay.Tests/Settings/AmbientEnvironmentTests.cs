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
    public void Removes_them_and_says_which_in_the_order_of_names()
    {
        foreach (var name in new[] { "PGTZ", "PGOPTIONS", "PGSSLMODE" })
        {
            Environment.SetEnvironmentVariable(name, "x");
        }

        var removed = AmbientEnvironment.Clear();

        Assert.Equal(["PGOPTIONS", "PGSSLMODE", "PGTZ"], removed.Where(name => name is "PGTZ" or "PGOPTIONS" or "PGSSLMODE"));
        Assert.Null(Environment.GetEnvironmentVariable("PGTZ"));
    }
}
