using System.Security.Cryptography;
using Polly;
using Polly.Retry;

namespace Belay.SmokeTests;

/// <summary>Logs in as a user of the application would, and sees that a wrong password is refused.</summary>
/// <remarks>
/// One instance keeps its connections: try once before the migration and run after it, and the second login goes over a connection from
/// before, as those of real users do.
/// </remarks>
internal sealed class LoginSmokeTest : IDisposable
{
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly SmokeSettings settings;
    private readonly TimeProvider timeProvider;
    private readonly LoginClient client;

    /// <summary>Prepares the test; connects to nothing.</summary>
    /// <param name="settings">The endpoint, the user and the deadline.</param>
    /// <param name="handler">The way to the server; null for a real connection. Disposed with the test.</param>
    public LoginSmokeTest(SmokeSettings settings, TimeProvider timeProvider, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(timeProvider);
        this.settings = settings;
        this.timeProvider = timeProvider;
        client = new LoginClient(settings, timeProvider, handler);
    }

    /// <summary>What is tried, where, and as whom, for messages.</summary>
    public string Name => settings.Mode == SmokeMode.Health
        ? $"Health check{Called} at {AddressText.Of(settings.Url)}"
        : $"Login{Called} at {AddressText.Of(settings.Url)} as \"{settings.Username}\"";

    /// <summary>What it is called where there are several; null for the first one.</summary>
    public string? ShortName => settings.Name;

    /// <summary>What the one try before the migration came to; null when there was none.</summary>
    public LoginAttempt? Before { get; private set; }

    /// <summary>The last answer of the test; null when it did not come to one.</summary>
    public LoginAttempt? After { get; private set; }

    /// <summary>Whether the test passed, the refused wrong password included.</summary>
    public bool Passed { get; private set; }

    private string Called => settings.Name is null ? "" : $" \"{settings.Name}\"";

    /// <summary>Logs in once with the right password, keeps what came of it and says it; throws for no answer whatever.</summary>
    public async Task<LoginAttempt> TryOnceAsync(CancellationToken cancellationToken)
        => Before = await client.SendAsync(settings.Password, AttemptLimit, cancellationToken);

    /// <summary>Logs in once with the right password, over the same connections, and keeps nothing of it.</summary>
    public Task<LoginAttempt> AskAsync(CancellationToken cancellationToken)
        => client.SendAsync(settings.Password, AttemptLimit, cancellationToken);

    /// <summary>Logs in until it succeeds, the answer can't get better, or the deadline is over; then tries a wrong password.</summary>
    /// <exception cref="SmokeTestException">The login failed, or the wrong password was not refused with 401.</exception>
    public async Task<SmokeReport> RunAsync(CancellationToken cancellationToken)
    {
        (After, Passed) = (null, false);
        var started = timeProvider.GetTimestamp();
        var (login, attempts) = await RepeatAsync(settings.Password, started, cancellationToken);
        After = login;
        if (!login.Succeeded)
        {
            throw new SmokeTestException(
                $"{Name} failed after {Quantity.Count(attempts, "attempt")} "
                + $"in {Quantity.Duration(timeProvider.GetElapsedTime(started))}: {login.Summary}",
                HintFor(login)) { Attempt = login };
        }

        if (settings.Mode == SmokeMode.Health)
        {
            Passed = true;
            return new SmokeReport(login, null);
        }

        var wrongPassword = new Secret(RandomNumberGenerator.GetHexString(32, lowercase: true));
        var (refusal, _) = await RepeatAsync(wrongPassword, timeProvider.GetTimestamp(), cancellationToken);
        var isLetIn = refusal.Succeeded || refusal.LetsIn;
        if (settings.Status is null ? refusal.StatusCode != 401 : isLetIn || refusal.StatusCode is null)
        {
            After = refusal;
            throw new SmokeTestException(
                $"{Name} with a wrong password: expected {(settings.Status is null ? "401" : "a refusal")}, got {refusal.Summary}",
                isLetIn
                    ? "the application lets anybody in: take it off the network, then check its login"
                    : HintFor(refusal)) { Attempt = refusal };
        }

        Passed = true;
        return new SmokeReport(login, refusal);
    }

    /// <summary>What to do about an attempt that failed.</summary>
    internal string HintFor(LoginAttempt attempt) => SmokeHints.For(attempt.Fault, settings.Mode);

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<(LoginAttempt Last, int Attempts)> RepeatAsync(Secret password, long started, CancellationToken cancellationToken)
    {
        var attempts = 0;
        var last = await Schedule(started).ExecuteAsync(
            async token =>
            {
                attempts++;
                return await client.SendAsync(password, Limit(started), token);
            },
            cancellationToken);
        return (last, attempts);
    }

    private ResiliencePipeline<LoginAttempt> Schedule(long started)
        => new ResiliencePipelineBuilder<LoginAttempt> { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions<LoginAttempt>
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result is { IsTransient: true } && Remaining(started) > TimeSpan.Zero),
                DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Pause(arguments.AttemptNumber, Remaining(started))),
            })
            .Build();

    private TimeSpan Remaining(long started) => settings.Deadline - timeProvider.GetElapsedTime(started);

    /// <summary>An attempt ends with the deadline, but the last one gets its second too.</summary>
    private TimeSpan Limit(long started)
        => Shorter(AttemptLimit, Remaining(started)) is var limit && limit > ShortestLimit ? limit : ShortestLimit;

    private static TimeSpan Pause(int attempt, TimeSpan remaining)
        => Shorter(remaining, Shorter(LongestPause, FirstPause * Math.Pow(2, Math.Min(attempt, 10))));

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
