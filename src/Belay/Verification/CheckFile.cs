namespace Belay.Verification;

/// <summary>Reads the checks of a <c>.verify.sql</c> file.</summary>
public static class CheckFile
{
    /// <summary>The checks in the order of the file.</summary>
    /// <param name="path">The file's path, for messages and results.</param>
    /// <param name="text">The file's text.</param>
    /// <exception cref="CheckFileException">The text has faults; all of them are listed.</exception>
    public static IReadOnlyList<Check> Parse(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new CheckFileParser(path, text.ReplaceLineEndings("\n"));
        var checks = parser.Parse();
        return parser.Faults.Count == 0 ? checks : throw new CheckFileException(parser.Faults);
    }

    /// <summary>The checks of several files, in their order.</summary>
    /// <param name="paths">The files' paths.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CheckFileException">One or more files have faults or cannot be read; all of them are listed.</exception>
    public static async Task<IReadOnlyList<Check>> ReadAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var checks = new List<Check>();
        var faults = new List<string>();
        foreach (var path in paths)
        {
            try
            {
                checks.AddRange(Parse(path, await File.ReadAllTextAsync(path, cancellationToken)));
            }
            catch (CheckFileException exception)
            {
                faults.AddRange(exception.Faults);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                faults.Add($"{path}: {exception.Message}");
            }
        }

        return faults.Count == 0 ? checks : throw new CheckFileException(faults);
    }
}
