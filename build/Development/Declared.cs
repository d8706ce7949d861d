using Belay.Arguments;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Reporting;
using Belay.Risks;

/// <summary>Writes anew what is committed and follows from the code: the README's tables, the reference, the table
/// of risks, the schemas.</summary>
sealed class Declared(string rootFolder)
{
    /// <summary>Writes them.</summary>
    /// <returns>Which of them changed, for the summary.</returns>
    public async Task<string> RefreshAsync(CancellationToken cancellationToken)
    {
        string?[] changed =
        [
            await RefreshAsync("README.md", text => ParameterTable.Refresh(text, ReleaseParameters.All), cancellationToken),
            await RefreshAsync(Path.Combine("docs", "reference.md"), ReferencePage.Refresh, cancellationToken),
            await RefreshAsync(Path.Combine("docs", "risks.md"), RiskTable.Refresh, cancellationToken),
            await RefreshAsync(
                Path.Combine("docs", "release-record.schema.json"), _ => ReleaseSchema.Text(Documentation), cancellationToken),
            await RefreshAsync(
                Path.Combine(".nuke", "build.schema.json"),
                text => BuildSchema.Refresh(text, Declarations.Targets, Declarations.Parameters),
                cancellationToken),
        ];
        return changed.OfType<string>().ToList() is { Count: > 0 } files ? $"{string.Join(" and ", files)} written" : "nothing had changed";
    }

    /// <summary>What is said of the library's members, as the compiler has written it beside the library.</summary>
    private static string Documentation => File.ReadAllText(Path.ChangeExtension(typeof(ReleaseSchema).Assembly.Location, ".xml"));

    private async Task<string?> RefreshAsync(string file, Func<string, string> refresh, CancellationToken cancellationToken)
    {
        var path = Path.Combine(rootFolder, file);
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        var fresh = refresh(text);
        if (fresh == text)
        {
            return null;
        }

        await File.WriteAllTextAsync(path, fresh, cancellationToken);
        return file;
    }
}
