namespace Belay.Sql;

/// <summary>Texts of scripts in messages: a line may be of megabytes.</summary>
internal static class ShortText
{
    /// <summary>The text, or its beginning with a sign that more follows.</summary>
    public static string Cut(string text, int length) => text.Length <= length ? text : $"{text[..Edge(text, length)]}…";

    /// <summary>The part of a line around a column, and the column in that part; both are counted from 0.</summary>
    public static (string Text, int Column) Around(string line, int column, int length)
    {
        if (line.Length <= length)
        {
            return (line, column);
        }

        var start = Edge(line, Math.Clamp(column - (length / 2), 0, line.Length - length));
        var before = start == 0 ? "" : "…";
        return ($"{before}{Cut(line[start..], length)}", column - start + before.Length);
    }

    /// <summary>An index that cuts no surrogate pair.</summary>
    private static int Edge(string text, int index) => index > 0 && char.IsLowSurrogate(text[index]) ? index - 1 : index;
}
