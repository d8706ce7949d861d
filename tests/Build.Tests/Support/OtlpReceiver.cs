using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Build.Tests.Support;

/// <summary>A collector of OpenTelemetry, by HTTP or gRPC.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private const int GrpcPrefix = 5;

    private readonly WebApplication application;
    private readonly ConcurrentQueue<(string Path, string Headers, byte[] Body)> requests = new();

    private OtlpReceiver(HttpProtocols protocols, Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            options => options.Listen(IPAddress.Loopback, 0, listening => listening.Protocols = protocols));
        application = builder.Build();
        application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var headers = string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"));
            requests.Enqueue((context.Request.Path, headers, body.ToArray()));
            await answer(context);
        });
    }

    /// <summary>The spans that came.</summary>
    public IReadOnlyList<OtlpSpan> Spans
        => [.. Messages("TraceService", "/v1/traces").SelectMany(one => one.All(1, 2, 2)).Select(OtlpSpan.Of)];

    /// <summary>The attributes of what sent the spans.</summary>
    public IReadOnlyDictionary<string, string> Resource => Messages("TraceService", "/v1/traces").First().All(1, 1).First().Attributes(1);

    /// <summary>The names of the metrics that came.</summary>
    public IReadOnlyList<string> Metrics
        => [.. Messages("MetricsService", "/v1/metrics").SelectMany(one => one.All(1, 2, 2)).Select(metric => metric.Text(1)).Order()];

    /// <summary>Everything that came, as it went over the network.</summary>
    public string Everything => string.Join(
        '\n', requests.Select(request => $"{request.Path}\n{request.Headers}\n{System.Text.Encoding.Latin1.GetString(request.Body)}"));

    public Uri Address
        => new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static Task<OtlpReceiver> StartAsync() => StartAsync(HttpProtocols.Http1, _ => Task.CompletedTask);

    /// <summary>Starts one that takes everything by gRPC.</summary>
    public static Task<OtlpReceiver> StartGrpcAsync() => StartAsync(HttpProtocols.Http2, async context =>
    {
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(new byte[GrpcPrefix]);
        context.Response.AppendTrailer("grpc-status", "0");
    });

    public static async Task<OtlpReceiver> StartAsync(HttpProtocols protocols, Func<HttpContext, Task> answer)
    {
        var receiver = new OtlpReceiver(protocols, answer);
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

    private IEnumerable<OtlpMessage> Messages(string service, string path) => requests
        .Where(request => request.Path == path || request.Path.Contains(service, StringComparison.Ordinal))
        .Select(request => new OtlpMessage(request.Path == path ? request.Body : request.Body.AsSpan(GrpcPrefix)));
}
