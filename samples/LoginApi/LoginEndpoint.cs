using System.Text.Json;
using Npgsql;

namespace LoginApi;

/// <summary>Answers <c>POST /api/v1/auth/login</c>.</summary>
/// <param name="logger">Takes the faults of the database.</param>
public sealed class LoginEndpoint(UserRepository users, TokenIssuer tokens, LoginApiOptions options, ILogger<LoginEndpoint> logger)
{
    private readonly string decoy = PasswordHash.Create("decoy", options.HashIterations);

    /// <summary>200 with a token, 401 for a wrong name or password, 400 for a body that is no login, 500
    /// with the database's words.</summary>
    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await ReadAsync(request, cancellationToken) is not { Username.Length: > 0, Password.Length: > 0 } login)
        {
            return Answer(StatusCodes.Status400BadRequest, "expected a JSON object with \"username\" and \"password\"");
        }

        try
        {
            var user = await users.FindAsync(login.Username, cancellationToken);
            // An unknown name costs the same hash as a wrong password, so that the time does not tell which names exist.
            var matches = PasswordHash.Verify(login.Password, user?.PasswordHash ?? decoy);
            return user is not null && matches
                ? Results.Json(tokens.Issue(user))
                : Answer(StatusCodes.Status401Unauthorized, "invalid username or password");
        }
        catch (PostgresException exception)
        {
            logger.LogError(exception, "Login failed in the database");
            return Answer(StatusCodes.Status500InternalServerError, exception.MessageText);
        }
        catch (NpgsqlException exception)
        {
            logger.LogError(exception, "The database does not answer");
            return Answer(StatusCodes.Status503ServiceUnavailable, "the database does not answer");
        }
    }

    private static async Task<LoginRequest?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<LoginRequest>(request.Body, JsonSerializerOptions.Web, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Answer(int status, string error) => Results.Json(new ErrorResponse(error), statusCode: status);
}
