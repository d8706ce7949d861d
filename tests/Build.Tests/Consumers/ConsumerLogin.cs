using System.Net;
using System.Text;
using System.Text.Json;
using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Build.Tests.Consumers;

/// <summary>Another team's login: it reads a column that only their migration makes.</summary>
internal sealed class ConsumerLogin : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly DatabaseTarget target;
    private readonly Task serving;

    public ConsumerLogin(DatabaseTarget target, int port)
    {
        this.target = target;
        Url = new Uri($"http://127.0.0.1:{port}/login");
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>The login's address.</summary>
    public Uri Url { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var login = await JsonDocument.ParseAsync(context.Request.InputStream);
        var (status, body) = await JudgeAsync(
            login.RootElement.GetProperty("username").GetString()!, login.RootElement.GetProperty("password").GetString()!);
        context.Response.StatusCode = status;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        context.Response.Close();
    }

    private async Task<(int Status, string Body)> JudgeAsync(string name, string password)
    {
        try
        {
            await using var connection = await new DatabaseConnector(target).OpenAsync("test", CancellationToken.None);
            await using var command = new NpgsqlCommand("SELECT currency FROM customer WHERE name = $1 AND password = $2", connection)
            {
                Parameters = { new() { Value = name }, new() { Value = password } },
            };
            return await command.ExecuteScalarAsync() is string ? (200, $$"""{"token":"{{Token()}}"}""") : (401, "{}");
        }
        catch (PostgresException missing)
        {
            return (500, JsonSerializer.Serialize(new { error = missing.MessageText }));
        }
    }

    private static string Token()
        => $"{Part("""{"alg":"HS256","typ":"JWT"}""")}.{Part("""{"sub":"ann","exp":4102444800}""")}.{Part("signature")}";

    private static string Part(string text)
        => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
