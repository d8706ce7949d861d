using System.Security.Cryptography;
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

    [Fact]
    public void Refuses_another_encoding_and_a_file_that_is_not_there()
    {
        File.WriteAllBytes(path, [(byte)'a', 0xE4]);
        Assert.StartsWith($"{path} is not UTF-8: ", Assert.Single(Faults()), StringComparison.Ordinal);
        File.WriteAllBytes(path, [(byte)'a', 0, (byte)'b']);
        Assert.Equal([$"{path}:1: a zero byte, which no SQL text may hold; is the file damaged?"], Faults());
        File.WriteAllBytes(path, [(byte)'a', (byte)'b', 0, (byte)'c']);
        Assert.Equal([$"{path}:1: a zero byte, which no SQL text may hold; is the file damaged?"], Faults());
        var faults = new List<string>();
        Assert.Null(ScriptText.TryRead($"{path}.missing", faults));
        Assert.StartsWith($"{path}.missing cannot be read: ", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Hashes_a_text(string text, string hash) => Assert.Equal(hash, ScriptText.Sha256Of(text));

    [Theory]
    [InlineData(32 * 1024)]
    [InlineData((32 * 1024) - 1)]
    [InlineData((64 * 1024) + 1)]
    public void Hashes_a_long_text_as_a_whole_also_where_a_character_stands_across_two_pieces(int before)
    {
        var text = $"{new string('a', before)}\ud83d\ude00é";
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), ScriptText.Sha256Of(text));
    }

    [Fact]
    public void Hashes_a_text_alike_whatever_its_line_ends()
        => Assert.Single(new[] { "a\nb\n", "a\r\nb\r\n", "a\rb\r" }.Select(ScriptText.Sha256Of).Distinct());

    [Theory]
    [InlineData("", "")]
    [InlineData("a\nb", "a|b")]
    [InlineData("\na\n", "|a|")]
    public void Has_lines(string text, string lines) => Assert.Equal(lines, string.Join('|', ScriptText.Lines(text)));

    [Fact]
    public void Finds_the_comments_on_lines_of_their_own_before_the_first_statement()
        => Assert.Equal(
            [("-- a", 1), ("--b", 3), ("-- d", 5)],
            ScriptText.HeadComments("-- a  \n\n\t--b\n\\set a -- c\n -- d\n/* e */ -- f\nSELECT 1;\n-- g\n"));

    [Theory]
    [InlineData("SELECT 1", 1)]
    [InlineData("-- a\n/* b\n*/\n\\set x\n SELECT 1", 5)]
    [InlineData("-- a\n", null)]
    [InlineData("", null)]
    public void Knows_the_line_of_the_first_statement(string text, int? line) => Assert.Equal(line, ScriptText.FirstStatementLine(text));

    private List<string> Faults()
    {
        var faults = new List<string>();
        Assert.Null(ScriptText.TryRead(path, faults));
        return faults;
    }
}
