using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using Belay.Local;

namespace Belay.Bench.Logins;

/// <summary>Clients that log in one after another, each with a new user, until they are stopped: a closed loop,
/// so a stall meets one login of each client.</summary>
internal sealed class LoginLoad : IAsyncDisposable
{
    /// <summary>A login that takes longer has failed for its user.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentBag<double> milliseconds = [];
    private readonly CancellationTokenSource stop = new();
    private readonly HttpClient client = new() { Timeout = Patience };
    private readonly Uri address;
    private readonly int users;
    private readonly Task clients;
    private int failures;

    public LoginLoad(Uri address, int users)
    {
        this.address = address;
        this.users = users;
        clients = Task.WhenAll(Enumerable.Range(0, LoginsOptions.Clients).Select(_ => Task.Run(LogInAsync)));
    }

    /// <summary>Forgets what was measured so far.</summary>
    public void Clear()
    {
        milliseconds.Clear();
        Interlocked.Exchange(ref failures, 0);
    }

    /// <summary>Lets each client end the login that it is in, and returns all latencies in order.</summary>
    public async Task<(IReadOnlyList<double> Milliseconds, int Failures)> StopAsync()
    {
        await stop.CancelAsync();
        await clients;
        return ([.. milliseconds.Order()], failures);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        client.Dispose();
        stop.Dispose();
    }

    private async Task LogInAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var begun = Stopwatch.GetTimestamp();
            if (!await IsLoggedInAsync($"user{Random.Shared.Next(1, users + 1)}"))
            {
                Interlocked.Increment(ref failures);
            }

            milliseconds.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
    }

    private async Task<bool> IsLoggedInAsync(string username)
    {
        try
        {
            using var answer = await client.PostAsJsonAsync(address, new { username, password = SampleSchema.Password });
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
