namespace Belay.Releases;

/// <summary>Ends a run whatever happened: its record is written, and what it started is stopped.</summary>
internal static class RunEnd
{
    private const int EngineFailed = 255;

    /// <summary>Ends a run.</summary>
    /// <param name="engineExitCode">The engine's exit code; -1 when no stage said what failed.</param>
    /// <returns>The process's exit code: the engine's, or 1 when all went well except the end.</returns>
    public static async Task<int> OfAsync(ReleaseRun run, int engineExitCode)
    {
        var exitCode = engineExitCode < 0 ? EngineFailed : engineExitCode;
        if (exitCode != ExitCodes.Done)
        {
            // A stage's own failure was there before and stays.
            run.Record.Fail(
                run.Request.Host.SignalExitCode() == exitCode
                    ? Failure.From(new OperationCanceledException(), exitCode)
                    : new Failure(
                        exitCode,
                        "The build engine stopped after its last stage",
                        "./build.sh Status shows where the database stands",
                        false));
        }

        try
        {
            await run.EndAsync(exitCode);
            return exitCode;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var failure = $"The run ended with exit code {exitCode}, but it could not be put on record: {exception.Message}";
            new Failure(
                1,
                Redaction.Apply(failure),
                "free the disk or make artifacts/ writable; ./build.sh Status shows where the database stands",
                false).Naming(run.Request.Host.Program).Print(run.Request.Host.Errors);
            return exitCode == ExitCodes.Done ? 1 : exitCode;
        }
    }
}
