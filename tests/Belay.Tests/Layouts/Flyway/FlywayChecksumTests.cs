using Belay.Layouts.Flyway;

namespace Belay.Tests.Layouts.Flyway;

public sealed class FlywayChecksumTests
{
    /// <summary>The expected numbers are Python's zlib.crc32 over the lines, as a signed integer.</summary>
    [Theory]
    [InlineData("CREATE TABLE orders (id integer);\n", -856547449)]
    [InlineData("CREATE TABLE orders\n(id integer);\n-- für alle\n", -1394626611)]
    [InlineData("\uFEFFCREATE TABLE orders\r\n(id integer);\r\n-- für alle", -1394626611)]
    [InlineData("CREATE TABLE orders\r(id integer);\r-- für alle\r", -1394626611)]
    public void Counts_the_lines_without_their_ends(string text, int expected) => Assert.Equal(expected, FlywayChecksum.Of(text));
}
