using System.Globalization;
using Belay.Settings;

namespace Belay.Reporting;

/// <summary>Hands a run's outcome on to the pipeline that started it, as lines <c>name=value</c>.</summary>
/// <remarks>They are appended to GitHub's file of a step's outputs, and to the file of <see cref="ReportingParameters.ReleaseOutputs"/>,
/// whose form is the one that GitLab takes as a dotenv report.</remarks>
internal sealed class ReleaseOutputs(SettingsInput input)
{
    private const string StepOutputs = "GITHUB_OUTPUT";

    /// <summary>Appends the lines.</summary>
    /// <exception cref="IOException">A file could not be written.</exception>
    public async Task WriteAsync(ReleaseRecord record, string recordFile, CancellationToken cancellationToken)
    {
        string?[] named = [input.Variable(StepOutputs), input.Variable(ReportingParameters.ReleaseOutputs.Variable)];
        foreach (var file in named.OfType<string>()
            .Select(name => Path.GetFullPath(name, input.RootFolder))
            .Distinct(StringComparer.Ordinal))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.AppendAllTextAsync(file, string.Concat(Lines(record, recordFile).Select(line => $"{line}\n")), cancellationToken);
        }
    }

    /// <summary>The lines. A value has no line break, or it could set a variable of its own.</summary>
    internal static IReadOnlyList<string> Lines(ReleaseRecord record, string recordFile) =>
    [
        $"belay_backup_id={OneLine(record.Backup?.Id ?? "")}",
        $"belay_record={OneLine(recordFile)}",
        $"belay_applied={record.Migrations.Count.ToString(CultureInfo.InvariantCulture)}",
        $"belay_outcome={WordList.Of(record.Outcome)}",
    ];

    private static string OneLine(string text)
        => string.Join(' ', HarmlessText.Of(text).Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
