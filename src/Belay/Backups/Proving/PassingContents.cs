using System.IO.Pipelines;
using Belay.Backups.Archive;
using Belay.Postgres;

namespace Belay.Backups.Proving;

/// <summary>Lists an archive while its bytes pass by on their way to another program: nothing of it is written to a disk.</summary>
internal sealed class PassingContents(PostgresTools tools)
{
    private readonly Pipe pipe = new();
    private readonly ArchiveEntries entries = new();

    /// <summary>A stream that hands what is written to it to pg_restore's list too.</summary>
    /// <param name="next">Where the bytes go.</param>
    public Stream Before(Stream next) => new ForkedStream(next, SeeAsync);

    /// <summary>Runs a program that reads the archive through <see cref="Before"/>, and the list beside it.</summary>
    public async Task<(ProgramOutcome Outcome, ProgramOutcome Listing, ArchiveEntries Entries)> WhileAsync(
        Func<CancellationToken, Task<ProgramOutcome>> read, CancellationToken cancellationToken)
    {
        var listing = new PostgresProgram(tools, "pg_restore") { Arguments = ["--list"], Feed = FeedAsync, Take = entries.ReadAsync }
            .RunAsync(cancellationToken);
        try
        {
            var outcome = await read(cancellationToken);
            await pipe.Writer.CompleteAsync();
            return (outcome, await listing, entries);
        }
        finally
        {
            await pipe.Writer.CompleteAsync();
            await ((Task)listing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The list ends with the table of contents, long before the archive does; what comes then is dropped.</summary>
    private async Task FeedAsync(Stream input, CancellationToken cancellationToken)
    {
        try
        {
            await pipe.Reader.CopyToAsync(input, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // pg_restore has what it needs.
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
        }
    }

    private async ValueTask SeeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        => await pipe.Writer.WriteAsync(bytes, cancellationToken);
}
