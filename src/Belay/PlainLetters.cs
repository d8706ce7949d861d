using System.Text;

namespace Belay;

/// <summary>Writes the signs of our own drawing in ASCII, for a terminal whose locale has no others. Names and values stay as they
/// are.</summary>
internal sealed class PlainLetters(TextWriter inner) : TextWriter
{
    private static readonly string[] Variables = ["LC_ALL", "LC_CTYPE", "LANG"];

    private static readonly (string Sign, string Letters)[] Signs =
    [
        ("═", "="), ("─", "-"), ("║", "|"), ("╬", "+"), ("→", "->"), ("…", "..."), ("\u00a0", " "),
    ];

    /// <summary>Whether this process's terminal needs it. A file, or a service's log, whose locale nobody named, is read as
    /// UTF-8.</summary>
    public static bool AreNeeded
        => OperatingSystem.IsWindows()
            ? Console.OutputEncoding.CodePage != Encoding.UTF8.CodePage
            : IsPlain(Environment.GetEnvironmentVariable, Console.IsOutputRedirected);

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(string? value) => inner.Write(Of(value ?? ""));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => inner.WriteLine(Of(value ?? ""));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <summary>Whether the locale has no signs but ASCII's: the first variable that is set says so, as in the C library.</summary>
    /// <param name="isUnknownUtf8">What holds where no variable is set.</param>
    internal static bool IsPlain(Func<string, string?> variable, bool isUnknownUtf8)
    {
        var locale = Variables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale is null
            ? !isUnknownUtf8
            : !locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase);
    }

    private static string Of(string text)
        => Signs.Aggregate(text, (written, sign) => written.Replace(sign.Sign, sign.Letters, StringComparison.Ordinal));
}
