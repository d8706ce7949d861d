using System.Text;
using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class ScriptTextTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData("utf-16", true, " is UTF-16, as its byte order mark says: save it as UTF-8")]
    [InlineData("utf-16BE", true, " is UTF-16, as its byte order mark says: save it as UTF-8")]
    [InlineData("utf-16", false, " is UTF-16 without a byte order mark: save it as UTF-8")]
    [InlineData("utf-16BE", false, " is UTF-16 without a byte order mark: save it as UTF-8")]
    public void Refuses_UTF_16_as_such(string encoding, bool mark, string fault)
    {
        var written = Encoding.GetEncoding(encoding);
        File.WriteAllBytes(path, [.. mark ? written.GetPreamble() : [], .. written.GetBytes("SELECT 1;\n")]);
        Assert.Equal([path + fault], Faults());
    }

    [Fact]
    public void Refuses_a_zero_byte_with_its_line()
    {
        File.WriteAllText(path, "SELECT 1;\nSELECT '\0';\n");
        Assert.Equal([$"{path}:2: a zero byte, which no SQL text may hold; is the file damaged?"], Faults());
    }

    [Fact]
    public void Reads_UTF_8_with_a_byte_order_mark_and_any_line_ends()
    {
        File.WriteAllBytes(path, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("a\r\nü\rc\n")]);
        Assert.Equal("a\nü\nc\n", ScriptText.TryRead(path, []));
    }

    private List<string> Faults()
    {
        var faults = new List<string>();
        Assert.Null(ScriptText.TryRead(path, faults));
        return faults;
    }
}
