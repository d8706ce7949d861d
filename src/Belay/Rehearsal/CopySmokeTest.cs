using Belay.Settings;
using Belay.SmokeTests;

namespace Belay.Rehearsal;

/// <summary>Starts the application on the migrated copy and logs in there as the smoke test will.</summary>
/// <param name="smoke">The login; null when none is known, and the application's own exit code counts.</param>
internal sealed class CopySmokeTest(IApplication application, SmokeSettings? smoke, TimeProvider timeProvider)
{
    private const string Again = "then ./build.sh Rehearse";

    /// <summary>How long something that serves no login may run. The default is 10 minutes.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Runs the test; nothing of the application runs afterwards.</summary>
    /// <param name="database">The copy, as the application's role.</param>
    /// <returns>What came of it, in a line.</returns>
    /// <exception cref="RehearsalException">The application or the login failed.</exception>
    public async Task<string> RunAsync(DatabaseTarget database, CancellationToken cancellationToken)
    {
        // The copy's server has no TLS, and some drivers demand it where nothing is said.
        var plain = database with { Options = new Dictionary<string, string> { ["sslmode"] = "disable" } };
        await using var running = await application.StartAsync(plain, cancellationToken);
        return smoke is not null && running.LoginUrl is { } address
            ? await LogInEverywhereAsync(running, smoke, address, cancellationToken)
            : await WaitAsync(running, "no login is known that it serves", cancellationToken);
    }

    /// <summary>Further tests of the same application follow the first one; another application does not run here.</summary>
    private async Task<string> LogInEverywhereAsync(
        IRunningApplication running, SmokeSettings first, Uri address, CancellationToken cancellationToken)
    {
        var told = await LogInAsync(running, first with { Url = address }, cancellationToken);
        foreach (var next in first.Further)
        {
            told += running.Ended.IsCompleted || next.Url.Authority != first.Url.Authority
                ? $"; {next.Name} not tried on the copy"
                : $"; {await LogInAsync(running, next with { Url = new Uri(address, next.Url.PathAndQuery) }, cancellationToken)}";
        }

        return told;
    }

    private async Task<string> LogInAsync(IRunningApplication running, SmokeSettings settings, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var login = new LoginSmokeTest(settings, timeProvider);
        var trying = login.RunAsync(stop.Token);
        if (await Task.WhenAny(trying, running.Ended) != trying)
        {
            await stop.CancelAsync();
            await ((Task)trying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            return await JudgeAsync(running);
        }

        try
        {
            return $"{running.Name} on the copy: {Told(await trying)}";
        }
        catch (SmokeTestException fault) when (fault.Attempt is { Fault: LoginFault.NoAnswer } attempt && !running.Ended.IsCompleted)
        {
            // Perhaps it is a test, which serves nothing: then it ends by itself.
            return await WaitAsync(running, $"there was {attempt.Summary} at {AddressText.Of(settings.Url)}", cancellationToken);
        }
        catch (SmokeTestException fault)
        {
            throw Refused(running, fault.Message, fault.Hint?.Replace("then run ./build.sh SmokeTest", Again, StringComparison.Ordinal));
        }
    }

    private static string Told(SmokeReport report) => report.WrongPassword is { } refusal
        ? $"login {report.Login.Summary}, with a wrong password {refusal.StatusCode}"
        : $"health {report.Login.Summary}; nobody logged in";

    private async Task<string> WaitAsync(IRunningApplication running, string reason, CancellationToken cancellationToken)
    {
        try
        {
            await running.Ended.WaitAsync(Limit, timeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Refused(
                running,
                $"{running.Name} still ran after {Quantity.Duration(Limit)}, and {reason}",
                "an application must listen on 127.0.0.1 at the port in PORT and needs --smoke-url, SMOKE_USERNAME and SMOKE_PASSWORD; a "
                    + $"test must end by itself within --smoke-command-timeout; {Again}");
        }

        return await JudgeAsync(running);
    }

    private static async Task<string> JudgeAsync(IRunningApplication running)
    {
        var exitCode = await running.Ended;
        return exitCode == 0
            ? $"{running.Name} on the copy: it ended with exit code 0; nobody logged in"
            : throw Refused(
                running,
                $"{running.Name} ended with exit code {exitCode}",
                (exitCode is 126 or 127 ? "its program must be on the PATH; " : "")
                    + $"docs/rehearsal.md says what the command gets; {Again}");
    }

    private static RehearsalException Refused(IRunningApplication running, string message, string? hint)
        => new(
            running.LastLines is [_, ..] said
                ? $"{message}\nThe last that {running.Name} said:{string.Concat(said.Select(line => $"\n  {line}"))}"
                : message,
            hint);
}
