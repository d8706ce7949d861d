using System.Diagnostics;
using Belay.Postgres.Tokens;
using Belay.Settings;

namespace Belay.Postgres;

/// <summary>Keeps a password file's token one that a connection can be opened with, as long as a program may open one.</summary>
internal sealed class PassFileRenewal : IAsyncDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource end = new();
    private readonly Task running;

    /// <summary>Begins to wait for the token's end.</summary>
    /// <param name="target">A database whose passwords expire.</param>
    public PassFileRenewal(PgPassFile file, DatabaseTarget target) => running = RunAsync(file, target, end.Token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private static async Task RunAsync(PgPassFile file, DatabaseTarget target, CancellationToken cancellationToken)
    {
        while (true)
        {
            await target.Tokens!.WaitForNextAsync(cancellationToken);
            try
            {
                await file.ReplaceAsync(await target.WithPasswordAsync(cancellationToken), cancellationToken);
            }
            catch (Exception exception) when (exception is TokenException or IOException or UnauthorizedAccessException)
            {
                // The program tells of it when it connects and is refused; until then there is time for another try.
                Trace.TraceInformation($"The token in {file.Path} could not be renewed: {exception.Message}");
                await target.Tokens.WaitAsync(RetryDelay, cancellationToken);
            }
        }
    }
}
