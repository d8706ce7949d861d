using System.Net;
using System.Security.Authentication;
using System.Text;

namespace Belay.SmokeTests;

/// <summary>Sends logins over connections that stay open from one to the next.</summary>
/// <param name="handler">The way to the server; null for a real connection.</param>
internal sealed class LoginClient(SmokeSettings settings, TimeProvider timeProvider, HttpMessageHandler? handler) : IDisposable
{
    private const int LongestBody = 64 * 1024;
    private const int Success = 200;

    private readonly HttpClient client = new(handler ?? DefaultHandler()) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>A handler that follows no redirect, keeps no cookie, and keeps connections open while a migration runs.</summary>
    private static SocketsHttpHandler DefaultHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Logs in once.</summary>
    /// <param name="password">The password to try.</param>
    /// <param name="limit">How long to wait for the answer.</param>
    public async Task<LoginAttempt> SendAsync(Secret password, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var attempt = await TryAsync(password, limit, cancellationToken);
        return attempt with { Duration = timeProvider.GetElapsedTime(started) };
    }

    private async Task<LoginAttempt> TryAsync(Secret password, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = SmokeRequest.Make(settings, password);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return Judge(response, await ReadAsync(response, both.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NoAnswer(LoginFault.NoAnswer, $"no answer: nothing within {Quantity.Duration(limit)}");
        }
        catch (HttpRequestException exception)
        {
            return exception.InnerException is AuthenticationException
                || exception.HttpRequestError == HttpRequestError.SecureConnectionError
                ? NoAnswer(LoginFault.Tls, $"no trusted connection: {exception.InnerException?.Message ?? exception.Message}")
                : NoAnswer(LoginFault.NoAnswer, $"no answer: {exception.Message}");
        }
        catch (IOException exception)
        {
            return NoAnswer(LoginFault.NoAnswer, $"no answer: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static LoginAttempt NoAnswer(LoginFault fault, string summary) => new(null, Redaction.Apply(summary), false) { Fault = fault };

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[LongestBody];
        var length = await stream.ReadAtLeastAsync(buffer, LongestBody, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private LoginAttempt Judge(HttpResponseMessage response, string body)
    {
        var status = (int)response.StatusCode;
        if (settings.Mode == SmokeMode.Health || settings.Status is not null)
        {
            // A token that comes along is masked from here on all the same.
            _ = TokenFinder.Find(body, settings.TokenField) is { } unasked ? new Secret(unasked) : null;
            if (status == (settings.Status ?? Success))
            {
                return new LoginAttempt(status, $"{status} as expected", true);
            }
        }

        if (TokenFinder.Find(body, settings.TokenField) is { } token)
        {
            // From here on the token is masked in every text, also in one that the application echoes.
            _ = new Secret(token);
            return status != Success ? Failed(status, body, FaultOf(response.StatusCode, body))
                : settings.Status is null ? JudgeToken(token)
                : Unexpected(JudgeToken(token), settings.Status.Value);
        }

        return status switch
        {
            Success when settings.Status is not null => Failed(status, body, LoginFault.UnexpectedStatus),
            Success => new LoginAttempt(
                status,
                "200 without a token" + (settings.TokenField is { } field ? $" in field {field}" : ""),
                false) { Fault = LoginFault.BadToken },
            >= 300
                and < 400 => new LoginAttempt(
                    status, $"{status} redirect to {Target(response.Headers.Location)}", false) { Fault = LoginFault.Redirected },
            _ => Failed(status, body, FaultOf(response.StatusCode, body)),
        };
    }

    private LoginAttempt JudgeToken(string token) => TokenCheck.Fault(token, timeProvider.GetUtcNow()) is { } fault
        ? new LoginAttempt(200, $"200 with {fault}", false) { Fault = LoginFault.BadToken }
        : new LoginAttempt(200, "200 with a valid token", true);

    private static LoginAttempt Unexpected(LoginAttempt attempt, int expected) => attempt with
    {
        Summary = $"{attempt.Summary}, and {expected} is expected",
        Succeeded = false,
        LetsIn = attempt.Succeeded,
        Fault = LoginFault.UnexpectedStatus,
    };

    private static LoginAttempt Failed(int status, string body, LoginFault fault)
        => new(status, $"{status} {AnswerText.Of(body)}".TrimEnd(), false) { Fault = fault };

    private static LoginFault FaultOf(HttpStatusCode status, string body) => status switch
    {
        >= HttpStatusCode.InternalServerError when AnswerText.SpeaksOfMissingObject(body) => LoginFault.SchemaMismatch,
        >= HttpStatusCode.InternalServerError => LoginFault.ServerError,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => LoginFault.Refused,
        HttpStatusCode.NotFound => LoginFault.NotFound,
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425 => LoginFault.TryLater,
        _ => LoginFault.UnexpectedStatus,
    };

    /// <summary>The place of a redirect without its query, which may hold secrets.</summary>
    private string Target(Uri? location)
        => location is not null && Uri.TryCreate(settings.Url, location, out var target) ? AddressText.Of(target) : "nowhere";
}
