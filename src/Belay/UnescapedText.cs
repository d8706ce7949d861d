using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Belay;

/// <summary>
/// A text as it reads without escapes (percent, backslash, HTML, doubled and shell quotes), invisible characters and line breaks,
/// with the place in the original of each character.
/// </summary>
internal sealed class UnescapedText
{
    private const int MostRounds = 4;

    private static readonly SearchValues<char> Triggers = SearchValues.Create(
        [.. "%\\&`^'\"\n", .. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(IsInvisible)]);

    /// <summary>HTML 5 has names for punctuation that .NET does not read: https://html.spec.whatwg.org/entities.json.</summary>
    private static readonly Dictionary<string, string> Punctuation = new(StringComparer.Ordinal)
    {
        ["&Tab;"] = "\t",
        ["&NewLine;"] = "\n",
        ["&excl;"] = "!",
        ["&num;"] = "#",
        ["&dollar;"] = "$",
        ["&percnt;"] = "%",
        ["&lpar;"] = "(",
        ["&rpar;"] = ")",
        ["&ast;"] = "*",
        ["&plus;"] = "+",
        ["&comma;"] = ",",
        ["&period;"] = ".",
        ["&sol;"] = "/",
        ["&colon;"] = ":",
        ["&semi;"] = ";",
        ["&equals;"] = "=",
        ["&quest;"] = "?",
        ["&commat;"] = "@",
        ["&lsqb;"] = "[",
        ["&lbrack;"] = "[",
        ["&bsol;"] = "\\",
        ["&rsqb;"] = "]",
        ["&rbrack;"] = "]",
        ["&Hat;"] = "^",
        ["&lowbar;"] = "_",
        ["&grave;"] = "`",
        ["&lcub;"] = "{",
        ["&lbrace;"] = "{",
        ["&verbar;"] = "|",
        ["&vert;"] = "|",
        ["&rcub;"] = "}",
        ["&rbrace;"] = "}",
    };

    private readonly string original;
    private readonly bool isFramed;
    private readonly StringBuilder text;
    private readonly List<(int Start, int End)> places;

    private UnescapedText(string original, bool isFramed)
    {
        this.original = original;
        this.isFramed = isFramed;
        text = new StringBuilder(original.Length);
        places = new List<(int Start, int End)>(original.Length);
        for (var index = 0; index < original.Length;)
        {
            index = Read(index);
        }
    }

    /// <summary>The text without escapes.</summary>
    public string Text => text.ToString();

    /// <summary>Each character's place in the original.</summary>
    public IReadOnlyList<(int Start, int End)> Places => places;

    /// <summary>Whether a text has anything to take out.</summary>
    public static bool IsNeededFor(ReadOnlySpan<char> text) => text.ContainsAny(Triggers);

    /// <summary>Takes one layer of escapes out.</summary>
    /// <param name="isFramed">Whether to take out signs at both sides of a line break that tables, boxes
    /// and continued lines put there.</param>
    public static UnescapedText Of(string text, bool isFramed = false) => new(text, isFramed);

    /// <summary>The text without any escapes: what was escaped twice is read twice.</summary>
    public static string Whole(string text)
    {
        for (var round = 0; round < MostRounds && IsNeededFor(text); round++)
        {
            text = Of(text).Text;
        }

        return text;
    }

    /// <summary>Takes in what begins at a place; returns where the next begins.</summary>
    private int Read(int index) => original[index] switch
    {
        '%' => ReadPercent(index),
        '\\' => ReadBackslash(index),
        '&' => ReadEntity(index),
        '\'' or '"' => ReadQuote(index),
        '`'
            or '^'
                when index + 1 < original.Length && !char.IsLetterOrDigit(original[index + 1]) && original[index + 1] != ' ' => index + 1,
        '\r' or '\n' => ReadLineBreak(index),
        '\e' => ReadTerminalSequence(index),
        var other when IsInvisible(other) => index + 1,
        var other => Add(other, index, index + 1),
    };

    private int Add(char character, int start, int end)
    {
        text.Append(character);
        places.Add((start, end));
        return end;
    }

    private int ReadPercent(int index)
    {
        var bytes = new List<byte>();
        for (var at = index; at + 2 < original.Length && original[at] == '%' && TryHex(at + 1, 2, out var value); at += 3)
        {
            bytes.Add((byte)value);
        }

        if (bytes.Count == 0)
        {
            return Add('%', index, index + 1);
        }

        for (var done = 0; done < bytes.Count;)
        {
            var isUtf8 = Rune.DecodeFromUtf8([.. bytes.Skip(done).Take(4)], out var rune, out var length) == OperationStatus.Done;
            foreach (var character in isUtf8 ? rune.ToString() : ((char)bytes[done]).ToString())
            {
                Add(character, index + (done * 3), index + ((done + (isUtf8 ? length : 1)) * 3));
            }

            done += isUtf8 ? length : 1;
        }

        return index + (bytes.Count * 3);
    }

    private int ReadBackslash(int index)
    {
        if (index + 1 >= original.Length)
        {
            return Add('\\', index, index + 1);
        }

        switch (original[index + 1])
        {
            case 'u' when TryHex(index + 2, 4, out var unit):
                return Add((char)unit, index, index + 6);
            case 'x' when TryHex(index + 2, 2, out var code):
                return Add((char)code, index, index + 4);
            case 'n' or 'r':
                return index + 2;
            case '\r' or '\n':
                return ReadLineBreak(index + 1);
            case var next when !char.IsLetterOrDigit(next) && next != ' ':
                return Add(next, index, index + 2);
            default:
                return Add('\\', index, index + 1);
        }
    }

    private int ReadEntity(int index)
    {
        var end = original.AsSpan(index, Math.Min(12, original.Length - index)).IndexOf(';');
        var written = end < 0 ? "" : original.Substring(index, end + 1);
        var read = Punctuation.GetValueOrDefault(written) ?? WebUtility.HtmlDecode(written);
        if (read == written)
        {
            return Add('&', index, index + 1);
        }

        foreach (var character in read)
        {
            Add(character, index, index + written.Length);
        }

        return index + written.Length;
    }

    /// <summary>A quote inside quotes: doubled as in SQL, or as a shell's <c>'\''</c> and <c>'"'"'</c>.</summary>
    private int ReadQuote(int index)
    {
        var rest = original.AsSpan(index);
        var length = rest switch
        {
            ['\'', '\\', '\'', '\'', ..] => 4,
            ['\'', '"', '\'', '"', '\'', ..] => 5,
            [var first, var second, ..] when first == second => 2,
            _ => 1,
        };
        return Add(original[index], index, index + length);
    }

    /// <summary>A line break with the blanks around it: where a line was wrapped, the next may be indented.</summary>
    private int ReadLineBreak(int index)
    {
        TakeBack(IsBlank, int.MaxValue);
        if (isFramed)
        {
            TakeBack(IsFrame, 1);
            TakeBack(IsBlank, int.MaxValue);
        }

        var next = Skip(index, character => character is '\r' or '\n' || IsBlank(character), int.MaxValue);
        return isFramed ? Skip(Skip(next, IsFrame, 1), IsBlank, int.MaxValue) : next;
    }

    private void TakeBack(Func<char, bool> isTaken, int most)
    {
        for (var count = 0; count < most && text.Length > 0 && isTaken(text[^1]); count++)
        {
            text.Length--;
            places.RemoveAt(places.Count - 1);
        }
    }

    private int Skip(int index, Func<char, bool> isSkipped, int most)
    {
        for (var count = 0; count < most && index < original.Length && isSkipped(original[index]); count++)
        {
            index++;
        }

        return index;
    }

    /// <summary>A terminal's control sequence (ECMA-48): <c>ESC [ … letter</c>, <c>ESC ] … BEL</c>, or <c>ESC</c> alone.</summary>
    private int ReadTerminalSequence(int index)
    {
        var kind = index + 1 < original.Length ? original[index + 1] : ' ';
        if (kind == '[')
        {
            return Math.Min(original.Length, Skip(index + 2, character => character is >= ' ' and < '@', int.MaxValue) + 1);
        }

        if (kind == ']' && original.AsSpan(index).IndexOfAny('\a', '\n') is > 0 and var end)
        {
            return index + end + (original[index + end] == '\n' ? 0 : 1);
        }

        return index + 1;
    }

    private bool TryHex(int index, int length, out int value)
    {
        value = 0;
        return index + length <= original.Length
            && int.TryParse(original.AsSpan(index, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsBlank(char character) => character is ' ' or '\t';

    private static bool IsFrame(char character) => character is '|' or '│' or '┃' or '+' or '=' or '.' or '>';

    private static bool IsInvisible(char character) => character is not ('\n' or '\t')
        && (char.GetUnicodeCategory(character) is UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator);
}
