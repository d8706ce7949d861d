using Belay.Releases.Recording;
using Belay.Reporting;
using Belay.Reporting.Facts;
using Belay.Reporting.Writing;

namespace Belay.Releases;

/// <summary>Makes the record of a run at its end, and leaves it where people and programs look for it.</summary>
internal sealed class RunRecordEnd(RunRecord run, IReleaseOutput output)
{
    private readonly RunRequest request = run.Request;
    private ReleaseRecord? record;

    /// <summary>The record as JSON, for whoever waits for it.</summary>
    public static string ToJson(RunRecord run, int exitCode) => ReleaseJson.Serialize(Make(run, exitCode));

    /// <summary>The record as JSON with what became known of it while it was written.</summary>
    public string Json(int exitCode) => record is null ? ToJson(run, exitCode) : ReleaseJson.Serialize(record with { ExitCode = exitCode });

    /// <summary>Where a record of a database's release is stored; null without a store or a database.</summary>
    public RecordPlace? Place { get; init; }

    /// <summary>Writes the record, unless the run only looked, and stores it where the run is a release.</summary>
    /// <returns>Where it is on this machine; null when there is none.</returns>
    public async Task<ReleaseFiles?> WriteAsync(int exitCode, CancellationToken cancellationToken)
    {
        if (!request.LeavesRecord)
        {
            return null;
        }

        var writer = new ReleaseRecordWriter(run.Folder, request.Input.Environment) 
        {
            IsRelease = request.ChangesDatabase,
            Unrendered = (path, fault) => output.Line($"Warning: {path} could not be written: {fault.Message}", LineTone.Doubtful),
        };
        record = writer.Complete(Make(run, exitCode) with
        {
            Source = await SourceReader.ReadAsync(
                request.Input.RootFolder, request.Input.Environment, request.Host.TimeProvider, cancellationToken),
        });
        var files = await WriteAsync(writer, record, cancellationToken);
        if (Place is not null && request.ChangesDatabase)
        {
            await StoreAsync(new RecordKeeping(Place, run.Folder, output, request.Host.TimeProvider), writer, files, cancellationToken);
        }

        if (files is not null)
        {
            await HandOnAsync(record, files, cancellationToken);
        }

        return files;
    }

    private async Task<ReleaseFiles?> WriteAsync(
        ReleaseRecordWriter writer, ReleaseRecord record, CancellationToken cancellationToken)
    {
        try
        {
            var files = await writer.WriteAsync(record, cancellationToken);
            if (run.Failure is null)
            {
                output.Line($"Release record: {files.Markdown}");
            }

            return files;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What the run did is done; a record that can't be written changes neither that nor the exit code.
            // The engine's log is closed by now, so this is a line like the one that names the record.
            output.Line(
                $"Warning: the release record could not be written into {run.Folder}: {fault.Message} The run ends with exit code "
                    + $"{record.ExitCode} all the same; keep this output in its place", LineTone.Doubtful);
            return null;
        }
    }

    private async Task StoreAsync(
        RecordKeeping keeping, ReleaseRecordWriter writer, ReleaseFiles? files, CancellationToken cancellationToken)
    {
        if (await keeping.KeepAsync(record!, files?.Json) is not { } stored)
        {
            return;
        }

        record = stored.Record with { Seal = stored.Seal };
        try
        {
            await (files is null ? Task.CompletedTask : writer.WriteAgainAsync(files, record, stored.Bytes, cancellationToken));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            output.Line($"Warning: {files!.Json} does not say which record of the store it is: {fault.Message}", LineTone.Doubtful);
        }
    }

    private static ReleaseRecord Make(RunRecord run, int exitCode)
    {
        var program = run.Request.Host.Program;
        var inForce = run.Committed.Count > 0 && run.WayBack is null ? run.BackupId : null;
        return run.Make(exitCode) with
        {
            Standing = DatabaseStanding.Of(run) is { } standing ? program.In(standing) : null,
            NextSteps = [.. NextSteps.Of(run.Failure?.Hint, inForce).Select(program.In)],
        };
    }

    /// <summary>A pipeline that cannot be told is a warning: the record is there.</summary>
    private async Task HandOnAsync(ReleaseRecord written, ReleaseFiles files, CancellationToken cancellationToken)
    {
        try
        {
            await new ReleaseOutputs(request.Input).WriteAsync(written, files.Json, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            output.Line($"Warning: the outcome could not be handed on to the pipeline: {fault.Message}", LineTone.Doubtful);
        }
    }
}
