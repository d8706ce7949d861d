using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Belay.IntegrationTests.Support;

/// <summary>A server that takes webhooks and keeps what they were told.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<string> bodies = new();

    private WebhookReceiver(Func<HttpContext, Task> answer, string host)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        application = builder.Build();
        application.Urls.Add($"http://{host}:0");
        application.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            bodies.Enqueue(await reader.ReadToEndAsync());
            await answer(context);
        });
    }

    /// <summary>What came, in order.</summary>
    public IReadOnlyList<string> Bodies => [.. bodies];

    /// <summary>The events of the JSON documents that came, in order.</summary>
    public IReadOnlyList<string?> Events => [.. bodies.Select(body =>
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("event").GetString();
    })];

    /// <summary>The address of the server, with a path that is to be kept secret.</summary>
    public Uri Address => new(
        new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        "/whr-secret-path");

    /// <summary>Starts one that answers with 200.</summary>
    public static Task<WebhookReceiver> StartAsync() => StartAsync(_ => Task.CompletedTask);

    /// <summary>Starts one.</summary>
    public static async Task<WebhookReceiver> StartAsync(Func<HttpContext, Task> answer, string host = "127.0.0.1")
    {
        var receiver = new WebhookReceiver(answer, host);
        await receiver.application.StartAsync();
        return receiver;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await application.StopAsync(now.Token);
        await application.DisposeAsync();
    }
}
