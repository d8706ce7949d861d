using System.Text.RegularExpressions;
using Belay.Settings;
using CliWrap;
using CliWrap.Buffered;
using LoginApi;

namespace Belay.Local;

/// <summary>The sample's login API as a process of its own, which outlives the build that started it.</summary>
/// <param name="ProcessId">The process, for the one that ends it.</param>
public sealed partial record LoginApiProcess(int ProcessId, Uri LoginUrl)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>The shell leaves the API behind in the background; nohup and the detached flag keep the
    /// terminal's signals from it.</summary>
    private const string Launch = "nohup dotnet \"$1\" > \"$2\" 2>&1 < /dev/null & echo $!";

    /// <summary>Starts the API and waits until it listens.</summary>
    /// <param name="target">The database, with the API's own role.</param>
    /// <param name="logFile">The file that takes the API's output; replaced.</param>
    /// <param name="timeProvider">The clock for waiting.</param>
    /// <exception cref="LoginApiException">The API ended, or does not listen after a minute.</exception>
    public static async Task<LoginApiProcess> StartAsync(
        DatabaseTarget target, string logFile, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        var options = LoginApiServer.OptionsFor(target);
        var result = await ChildEnvironment
            .Guest("/bin/sh", new Dictionary<string, string?>
            {
                [LoginApiOptions.DatabaseVariable] = options.ConnectionString,
                [LoginApiOptions.JwtKeyVariable] = options.JwtKey,
                [LoginApiOptions.HashIterationsVariable] = $"{options.HashIterations}",
                [LoginApiOptions.DetachedVariable] = "1",
            })
            .WithArguments(["-c", Launch, "sh", typeof(LoginApiApplication).Assembly.Location, logFile])
            .WithValidation(CommandResultValidation.ZeroExitCode)
            .ExecuteBufferedAsync(cancellationToken);
        var processId = int.Parse(result.StandardOutput);
        try
        {
            return new LoginApiProcess(processId, await WaitAsync(processId, logFile, timeProvider, cancellationToken));
        }
        catch
        {
            ProcessIdentity.Of(processId)?.Kill();
            throw;
        }
    }

    private static async Task<Uri> WaitAsync(int processId, string logFile, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var (log, match) = ("", Match.Empty);
        await new Polling(timeProvider) { Patience = StartLimit }.UntilAsync(
            async () =>
            {
                var ended = ProcessIdentity.Of(processId) is null;
                log = File.Exists(logFile) ? await File.ReadAllTextAsync(logFile, cancellationToken) : "";
                match = Listening().Match(log);
                return match.Success || ended;
            },
            cancellationToken);
        return match.Success
            ? new Uri(new Uri(match.Groups["url"].Value), LoginApiApplication.LoginPath)
            : throw new LoginApiException($"The login API does not start: {log.Trim()}", $"see {logFile}");
    }

    [GeneratedRegex(@"Now listening on: (?<url>http://\S+)")]
    private static partial Regex Listening();
}
