using Belay.Printing;
using Belay.Reporting;

namespace Belay.Releases;

/// <summary>Ends a run whatever happened: its record is written, what it started is stopped, and a failure is told.</summary>
internal static class RunEnd
{
    private const int EngineFailed = 255;

    /// <summary>Ends a run.</summary>
    /// <param name="stage">The stage that failed; null when none did.</param>
    /// <param name="engineExitCode">The engine's exit code; -1 when no stage said what failed.</param>
    /// <param name="telling">Tells others how it ended, before that is put on record; given the exit code.</param>
    /// <returns>The process's exit code: the engine's, or 1 when all went well except the end.</returns>
    public static async Task<int> OfAsync(ReleaseRun run, string? stage, int engineExitCode, Func<int, Task> telling)
    {
        var exitCode = engineExitCode < 0 ? EngineFailed : engineExitCode;
        if (exitCode != ExitCodes.Done)
        {
            // A stage's own failure was there before and stays.
            run.Record.Fail(
                (run.Request.Host.SignalExitCode() == exitCode
                    ? Failure.From(new OperationCanceledException(), exitCode)
                    : new Failure(
                        exitCode,
                        "The build engine stopped after its last stage",
                        "./build.sh Status shows where the database stands",
                        false)).Naming(run.Request.Host.Program));
        }

        await telling(exitCode);
        ReleaseFiles? files = null;
        try
        {
            files = await run.EndAsync(exitCode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ClosingText.Print(new RunClosing(Unrecorded(exitCode, exception).Naming(run.Request.Host.Program)), run.Request.Host);
            exitCode = exitCode == ExitCodes.Done ? 1 : exitCode;
        }

        run.Request.Host.Recorded?.Invoke(RunDocument.Of(run.Record, run.RecordEnd.Json, run.Status, exitCode));
        Mark(run, files);
        if (run.Record.Failure is { } failure)
        {
            ClosingText.Print(new RunClosing(failure) { Stage = stage, Record = run.Record, Files = files }, run.Request.Host);
        }

        return exitCode;
    }

    /// <summary>Shows the outcome where a service shows it.</summary>
    private static void Mark(ReleaseRun run, ReleaseFiles? files)
    {
        var environment = run.Request.Input.Environment;
        var log = PipelineLog.Of(environment, run.TimeProvider);
        if (run.Record.Failure is { } failure)
        {
            var root = environment.GetValueOrDefault("GITHUB_WORKSPACE") ?? environment.GetValueOrDefault("BUILD_SOURCESDIRECTORY");
            log.Error(
                failure.Message,
                FailurePlace.Find(failure.Message, run.Settings.Migrations.Folder, root ?? run.Request.Input.RootFolder));
        }

        if (files is not null)
        {
            log.Summary(files.Markdown);
        }
    }

    private static Failure Unrecorded(int exitCode, Exception exception) => new(
        1,
        Redaction.Apply($"The run ended with exit code {exitCode}, but it could not be put on record: {exception.Message}"),
        "free the disk or make artifacts/ writable; ./build.sh Status shows where the database stands",
        false);
}
