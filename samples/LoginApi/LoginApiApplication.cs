using Npgsql;

namespace LoginApi;

/// <summary>The guide's application: logs users in against the table <c>"user"</c>.</summary>
public static class LoginApiApplication
{
    /// <summary>The login endpoint's path.</summary>
    public const string LoginPath = "/api/v1/auth/login";

    /// <summary>Whether the process answers; asks no database.</summary>
    public const string HealthPath = "/healthz";

    /// <summary>Composes the application; starts nothing.</summary>
    /// <param name="options">Where the database is and how tokens are signed.</param>
    public static WebApplication Build(LoginApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // No arguments and no settings files: a host's own command line and appsettings.json are none of the API's.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = "LoginApi", EnvironmentName = "Production" });
        builder.WebHost.UseUrls(options.Url);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        if (options.InProcess)
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IHostLifetime, HostedLifetime>();
        }

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(options.ConnectionString));
        builder.Services.AddSingleton<UserRepository>();
        builder.Services.AddSingleton<TokenIssuer>();
        builder.Services.AddSingleton<LoginEndpoint>();

        var application = builder.Build();
        application.MapGet(HealthPath, () => Results.Ok(new { status = "ok" }));
        application.MapPost(LoginPath, (HttpRequest request, LoginEndpoint endpoint, CancellationToken cancellationToken)
            => endpoint.HandleAsync(request, cancellationToken));
        return application;
    }
}
