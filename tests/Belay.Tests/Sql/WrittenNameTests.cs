using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class WrittenNameTests
{
    [Theory]
    [InlineData("User", "user")]
    [InlineData("ÄB", "Äb")]
    [InlineData("\"User\"", "User")]
    [InlineData("\"a\"\"b\"", "a\"b")]
    [InlineData("\"\"", "")]
    [InlineData("\"", "\"")]
    public void Is_read_as_PostgreSQL_reads_it(string written, string name) => Assert.Equal(name, WrittenName.Identifier(written));
}
