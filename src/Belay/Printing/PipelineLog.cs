using System.Globalization;

namespace Belay.Printing;

/// <summary>Groups a run's lines for the service that shows them, and marks failures and warnings there.</summary>
/// <remarks>Every text in a command is escaped as its service has it, so that a text of others can end none and begin none.</remarks>
internal sealed class PipelineLog(PipelineService service, Action<string> write, TimeProvider timeProvider)
{
    private readonly PipelineText text = new(service);
    private string? open;

    /// <summary>The log of this process.</summary>
    /// <param name="environment">The variables by which services say that they are there.</param>
    public static PipelineLog Of(IReadOnlyDictionary<string, string> environment, TimeProvider timeProvider)
        => new(ServiceOf(environment), GuardedConsole.WriteCommand, timeProvider);

    /// <summary>Whether a service groups lines, in the place of headings.</summary>
    public bool HasGroups => service != PipelineService.None;

    /// <summary>Whether a service marks failures and warnings.</summary>
    public bool HasMarks => service is PipelineService.GitHub or PipelineService.Azure;

    /// <summary>Begins a group.</summary>
    public void Begin(string name)
    {
        End();
        open = name;
        Write(service switch
        {
            PipelineService.GitHub => $"::group::{text.Message(name)}",
            PipelineService.Azure => $"##[group]{text.Message(name)}",
            PipelineService.GitLab => $"\e[0Ksection_start:{Seconds}:{Section(name)}\r\e[0K{text.Message(name)}",
            _ => null,
        });
    }

    /// <summary>Ends the group that is open.</summary>
    public void End()
    {
        if (open is { } name)
        {
            open = null;
            Write(service switch
            {
                PipelineService.GitHub => "::endgroup::",
                PipelineService.Azure => "##[endgroup]",
                PipelineService.GitLab => $"\e[0Ksection_end:{Seconds}:{Section(name)}\r\e[0K",
                _ => null,
            });
        }
    }

    /// <summary>Marks a failure, at its place in a file where that is known.</summary>
    public void Error(string message, FilePlace? place = null) => Write(service switch
    {
        PipelineService.GitHub => $"::error {GitHub(place)}title=Belay::{text.Message(message)}",
        PipelineService.Azure => $"##vso[task.logissue type=error;{Azure(place)}]{text.Message(message)}",
        _ => null,
    });

    /// <summary>Marks a warning.</summary>
    public void Warning(string message) => Write(service switch
    {
        PipelineService.GitHub => $"::warning::{text.Message(message)}",
        PipelineService.Azure => $"##vso[task.logissue type=warning;]{text.Message(message)}",
        _ => null,
    });

    /// <summary>Shows a page of Markdown beside the run; GitHub has a file for it, which the record's writer fills.</summary>
    public void Summary(string path)
        => Write(service == PipelineService.Azure ? $"##vso[task.uploadsummary]{text.Message(Path.GetFullPath(path))}" : null);

    /// <summary>Which service it is.</summary>
    internal static PipelineService ServiceOf(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return Is("GITHUB_ACTIONS") ? PipelineService.GitHub
            : Is("TF_BUILD") ? PipelineService.Azure
            : Is("GITLAB_CI") ? PipelineService.GitLab
            : PipelineService.None;

        bool Is(string name) => bool.TryParse(environment.GetValueOrDefault(name), out var isSet) && isSet;
    }

    private long Seconds => timeProvider.GetUtcNow().ToUnixTimeSeconds();

    private string GitHub(FilePlace? place)
        => place is null ? "" : $"file={text.Property(place.File)},line={Number(place.Line)},{Column("col", place, ',')}";

    private string Azure(FilePlace? place) => place is null
        ? ""
        : $"sourcepath={text.Property(place.File)};linenumber={Number(place.Line)};{Column("columnnumber", place, ';')}";

    private static string Column(string name, FilePlace place, char end)
        => place.Column is { } column ? $"{name}={Number(column)}{end}" : "";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Section(string name) => $"belay_{name.ToLowerInvariant()}";

    private void Write(string? command)
    {
        if (command is not null)
        {
            write(command);
        }
    }
}
