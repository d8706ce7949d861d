using System.Security.Cryptography;
using Belay.Settings;
using Belay.SmokeTests;
using LoginApi;
using Microsoft.AspNetCore.Builder;

namespace Belay.Local;

/// <summary>The sample's login API inside this process, on a free port of the loopback address.</summary>
public sealed class LoginApiServer : IRunningApplication
{
    private readonly WebApplication application;

    private LoginApiServer(WebApplication application)
    {
        this.application = application;
        Address = new Uri(application.Urls.First());
        LoginUrl = new Uri(Address, LoginApiApplication.LoginPath);
    }

    /// <summary>The server's root address.</summary>
    public Uri Address { get; }

    /// <summary>The login endpoint.</summary>
    public Uri LoginUrl { get; }

    /// <inheritdoc/>
    public string Name => "login API";

    /// <summary>Never: it serves until it is disposed.</summary>
    public Task<int> Ended { get; } = new TaskCompletionSource<int>().Task;

    /// <summary>None: inside this process it prints nothing.</summary>
    public IReadOnlyList<string> LastLines => [];

    /// <summary>Starts the API.</summary>
    /// <param name="target">The database, with the API's own role.</param>
    public static async Task<LoginApiServer> StartAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        var application = LoginApiApplication.Build(OptionsFor(target));
        try
        {
            await application.StartAsync(cancellationToken);
            return new LoginApiServer(application);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>The API's options for a database: a new key each time, and the sample's cheap hashes.</summary>
    /// <param name="target">The database, with the API's own role.</param>
    internal static LoginApiOptions OptionsFor(DatabaseTarget target) => new()
    {
        ConnectionString = LoginApiConnection.StringFor(target),
        JwtKey = RandomNumberGenerator.GetHexString(64),
        HashIterations = SampleSchema.HashIterations,
        InProcess = true,
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }
}
