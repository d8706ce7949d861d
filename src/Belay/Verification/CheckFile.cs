using Belay.Sql;

namespace Belay.Verification;

/// <summary>Reads the checks of a <c>.verify.sql</c> file.</summary>
internal static class CheckFile
{
    /// <summary>The checks in the order of the file.</summary>
    /// <param name="path">The file's path, for messages and results.</param>
    /// <exception cref="CheckFileException">The text has faults; all of them are listed.</exception>
    public static IReadOnlyList<Check> Parse(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new CheckFileParser(path, text.ReplaceLineEndings("\n"));
        var checks = parser.Parse();
        return parser.Faults.Count == 0 ? checks : throw new CheckFileException(parser.Faults);
    }

    /// <summary>The checks of several sources, in their order.</summary>
    /// <exception cref="CheckFileException">One or more sources have faults; all of them are listed.</exception>
    public static IReadOnlyList<Check> Read(IEnumerable<ScriptSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var checks = new List<Check>();
        var faults = new List<string>();
        foreach (var source in sources)
        {
            try
            {
                checks.AddRange(source.IsAssertion ? AssertionScript.Read(source) : Parse(source.Path, source.Text));
            }
            catch (CheckFileException exception)
            {
                faults.AddRange(exception.Faults);
            }
        }

        return faults.Count == 0 ? checks : throw new CheckFileException(faults);
    }
}
