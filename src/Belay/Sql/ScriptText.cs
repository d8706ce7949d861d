using System.Security.Cryptography;
using System.Text;

namespace Belay.Sql;

/// <summary>The text of a script as every stage sees it: UTF-8, no byte order mark, line ends LF.</summary>
internal static class ScriptText
{
    /// <summary>A large script is hashed piece by piece, without another copy of it.</summary>
    private const int CharactersHashed = 32 * 1024;

    /// <summary>Reads a file; null when it cannot be read or is not UTF-8.</summary>
    public static string? TryRead(string path, List<string> faults)
    {
        try
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            var bytes = File.ReadAllBytes(path);
            if (FaultOf(bytes) is { } fault)
            {
                faults.Add($"{path}{fault}");
                return null;
            }

            return Normalize(strict.GetString(bytes).TrimStart('\uFEFF'));
        }
        catch (DecoderFallbackException exception)
        {
            faults.Add($"{path} is not UTF-8: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{path} cannot be read: {exception.Message}");
        }

        return null;
    }

    /// <summary>SHA-256 of a text in UTF-8 with line ends normalised to LF, lower-case hexadecimal.</summary>
    /// <param name="text">The text, with any line ends.</param>
    public static string Sha256Of(string text)
    {
        var normal = Normalize(text);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (encoder, buffer) = (Encoding.UTF8.GetEncoder(), new byte[Encoding.UTF8.GetMaxByteCount(CharactersHashed)]);
        for (var start = 0; start < normal.Length; start += CharactersHashed)
        {
            var part = normal.AsSpan(start, Math.Min(CharactersHashed, normal.Length - start));
            hash.AppendData(buffer.AsSpan(0, encoder.GetBytes(part, buffer, flush: start + part.Length == normal.Length)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The lines of a text, one after the other, so that a look at the first ones does not copy a large script.</summary>
    /// <param name="text">The text with LF line ends.</param>
    public static IEnumerable<string> Lines(string text)
    {
        for (var start = 0; start <= text.Length;)
        {
            var end = text.IndexOf('\n', start) is var newline and >= 0 ? newline : text.Length;
            yield return text[start..end];
            start = end + 1;
        }
    }

    /// <summary>What is wrong with a file's bytes beyond single characters, as the end of a message; null when nothing is.</summary>
    private static string? FaultOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return " is UTF-16, as its byte order mark says: save it as UTF-8";
        }

        var nul = bytes.IndexOf((byte)0);
        if (nul < 0)
        {
            return null;
        }

        // Every other byte of ASCII in UTF-16 is zero, beginning with the second or the first one.
        return nul < 2 && bytes.Length % 2 == 0
            ? " is UTF-16 without a byte order mark: save it as UTF-8"
            : $":{bytes[..nul].Count((byte)'\n') + 1}: a zero byte, which no SQL text may hold; is the file damaged?";
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    /// <summary>The comments before the first statement that have a line of their own, from their dashes to the line's end,
    /// each with its line.</summary>
    public static IEnumerable<(string Comment, int Line)> HeadComments(string text)
    {
        var place = TextPosition.Start;
        foreach (var token in HeadOf(text)
            .Where(token => token.Kind == SqlTokenKind.Comment && text[token.Start] == '-' && BeginsLine(text, token.Start)))
        {
            place = place.To(text, token.Start);
            yield return (token.In(text).TrimEnd().ToString(), place.Line);
        }
    }

    /// <summary>The line on which the first statement begins; null when there is none.</summary>
    public static int? FirstStatementLine(string text)
    {
        var end = HeadOf(text).Select(token => token.End).LastOrDefault();
        return end < text.Length ? TextPosition.Start.To(text, end).Line : null;
    }

    /// <summary>Comments of both kinds belong to the head, and psql's own commands count as no statement.</summary>
    private static IEnumerable<SqlToken> HeadOf(string text)
    {
        for (var index = 0; index < text.Length;)
        {
            var token = SqlScanner.Scan(text, index);
            if (!token.IsBlank && token.Kind != SqlTokenKind.MetaCommand)
            {
                yield break;
            }

            yield return token;
            index = token.End;
        }
    }

    private static bool BeginsLine(string text, int start) => text.AsSpan(0, start).TrimEnd([' ', '\t']) is [] or [.., '\n' or '\r'];
}
