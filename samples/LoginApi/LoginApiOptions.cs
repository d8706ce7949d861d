namespace LoginApi;

/// <summary>What the login API needs. It comes from the environment, never from argv, which every user of the machine can read.</summary>
public sealed record LoginApiOptions
{
    /// <summary>The variable with Npgsql's connection string.</summary>
    public const string DatabaseVariable = "LOGIN_API_DATABASE";

    /// <summary>The variable with the key that signs tokens.</summary>
    public const string JwtKeyVariable = "LOGIN_API_JWT_KEY";

    /// <summary>The variable with the address to listen on.</summary>
    public const string UrlVariable = "LOGIN_API_URL";

    /// <summary>The variable with the PBKDF2 iterations of the users' hashes.</summary>
    public const string HashIterationsVariable = "LOGIN_API_HASH_ITERATIONS";

    /// <summary>The variable that is 1 when Ctrl+C in the terminal that started the API must not end it.</summary>
    public const string DetachedVariable = "LOGIN_API_DETACHED";

    /// <summary>HS256 wants a key of at least its own 256 bits.</summary>
    private const int ShortestKey = 32;

    /// <summary>Npgsql's connection string.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The key that signs tokens, at least 32 bytes.</summary>
    public required string JwtKey { get; init; }

    /// <summary>The address to listen on; port 0 takes a free one. The default is <c>http://127.0.0.1:0</c>.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>The iterations spent on an unknown user, so that the answer takes as long as for a known one.
    /// The default is Werkzeug's 600000.</summary>
    public int HashIterations { get; init; } = 600_000;

    /// <summary>Whether another program hosts the API: then it neither writes to that program's terminal
    /// nor answers its signals. The default is no.</summary>
    public bool InProcess { get; init; }

    /// <summary>How long a token is valid. The default is one hour.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Reads the options from this process's environment.</summary>
    /// <exception cref="InvalidOperationException">A variable is missing or wrong.</exception>
    public static LoginApiOptions FromEnvironment()
    {
        var options = new LoginApiOptions { ConnectionString = Required(DatabaseVariable), JwtKey = Required(JwtKeyVariable) };
        if (options.JwtKey.Length < ShortestKey)
        {
            throw new InvalidOperationException(
                $"{JwtKeyVariable} has {options.JwtKey.Length} characters; it needs at least {ShortestKey}");
        }

        return options with
        {
            Url = Environment.GetEnvironmentVariable(UrlVariable) ?? options.Url,
            HashIterations = Environment.GetEnvironmentVariable(HashIterationsVariable) is { } iterations
                ? int.Parse(iterations)
                : options.HashIterations,
        };
    }

    private static string Required(string name)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{name} environment variable not set");
}
