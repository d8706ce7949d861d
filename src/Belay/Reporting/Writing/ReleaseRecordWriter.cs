using System.Text;
using Belay.Reporting.Html;
using Belay.Reporting.JUnit;
using Belay.Storage.Folder;

namespace Belay.Reporting.Writing;

/// <summary>Writes release records: one as data and its renderings per run, a line in the release log, and GitHub's step summary.</summary>
/// <param name="folder">The folder for the files, usually <c>artifacts</c>; created when missing.</param>
/// <param name="environment">The environment variables; <c>GITHUB_STEP_SUMMARY</c> names the summary's file.</param>
internal sealed class ReleaseRecordWriter(string folder, IReadOnlyDictionary<string, string> environment)
{
    private const string StepSummary = "GITHUB_STEP_SUMMARY";

    /// <summary>The release log. The default is <c>RELEASES.md</c> in the folder.</summary>
    public string LogPath { get; init; } = Path.Combine(folder, "RELEASES.md");

    /// <summary>Whether the run changes a database, so that the release log has a line of it. The default is yes.</summary>
    public bool IsRelease { get; init; } = true;

    /// <summary>Told of a rendering that could not be made or written: the record itself is there. The default has the fault go
    /// on.</summary>
    public Action<string, Exception>? Unrendered { get; init; }

    /// <summary>Writes a record. After a cancelled run give a token of its own: the record matters most then.</summary>
    /// <param name="record">The run; its tasks are filled in here.</param>
    /// <exception cref="IOException">A file could not be written.</exception>
    public async Task<ReleaseFiles> WriteAsync(ReleaseRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        var complete = Complete(record);
        Directory.CreateDirectory(folder);
        var files = new ReleaseFiles(NewPath(complete, "json"), NewPath(complete, "md"));
        await (IsRelease ? AppendLogAsync(ReleaseMarkdown.LogLine(complete), cancellationToken) : Task.CompletedTask);
        await WholeFile.WriteAsync(files.Json, ReleaseJson.Serialize(complete), cancellationToken);
        await WriteRenderingsAsync(files, complete, cancellationToken);
        if (environment.TryGetValue(StepSummary, out var summary) && summary.Length > 0)
        {
            await File.AppendAllTextAsync(summary, ReleaseMarkdown.Page(complete), cancellationToken);
        }

        return files;
    }

    /// <summary>Writes the files again, with what became known of the run since.</summary>
    /// <param name="json">The record as it is stored.</param>
    /// <exception cref="IOException">A file could not be written.</exception>
    public async Task WriteAgainAsync(
        ReleaseFiles files, ReleaseRecord record, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        await WholeFile.WriteAsync(files.Json, Encoding.UTF8.GetString(json.Span), cancellationToken);
        await WriteRenderingsAsync(files, record, cancellationToken);
    }

    /// <summary>The record with the guide's tasks, as it is written.</summary>
    public ReleaseRecord Complete(ReleaseRecord record) => record with { Tasks = ReleaseTasks.For(record, LogPath) };

    private async Task WriteRenderingsAsync(ReleaseFiles files, ReleaseRecord record, CancellationToken cancellationToken)
    {
        (string Path, Func<ReleaseRecord, string> Render)[] renderings =
        [
            (files.Markdown, ReleaseMarkdown.Page), (files.Html, ReleasePage.Of), (files.JUnit, JUnitReport.Of),
        ];
        foreach (var (path, render) in renderings)
        {
            try
            {
                await WholeFile.WriteAsync(path, render(record), cancellationToken);
            }
            catch (Exception fault) when (Unrendered is not null && !cancellationToken.IsCancellationRequested)
            {
                Unrendered(path, fault);
            }
        }
    }

    /// <summary>A name by the time it finished; two runs in one second also carry their ids.</summary>
    private string NewPath(ReleaseRecord record, string ending)
    {
        var path = Path.Combine(folder, $"release-{record.FinishedUtc.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
        return File.Exists($"{path}.json") || File.Exists($"{path}.md") ? $"{path}-{record.RunId}.{ending}" : $"{path}.{ending}";
    }

    private async Task AppendLogAsync(string line, CancellationToken cancellationToken)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(LogPath)) is { } parent)
        {
            Directory.CreateDirectory(parent);
        }

        var isNew = !File.Exists(LogPath) || new FileInfo(LogPath).Length == 0;
        await File.AppendAllTextAsync(LogPath, isNew ? ReleaseMarkdown.LogHead + line : line, cancellationToken);
    }
}
