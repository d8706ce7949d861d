using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.SmokeTests;

/// <summary>An application that gives prepared answers to right passwords, in order, the last one for ever,
/// and one answer to wrong ones.</summary>
internal sealed class Answers(FakeTimeProvider timeProvider) : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> right = [];
    private Func<HttpResponseMessage> wrong = () => Message(401, """{"error":"invalid username or password"}""");

    public const string Password = "right-password-of-smoke-tests";

    public int Requests { get; private set; }

    public List<string> WrongPasswords { get; } = [];

    public Answers Then(int status, string body)
    {
        right.Enqueue(() => Message(status, body));
        return this;
    }

    public Answers ThenThrow(Exception exception)
    {
        right.Enqueue(() => throw exception);
        return this;
    }

    public Answers ThenRedirect(string location)
    {
        right.Enqueue(() =>
        {
            var message = Message(302, "");
            message.Headers.Location = new Uri(location, UriKind.RelativeOrAbsolute);
            return message;
        });
        return this;
    }

    public Answers ForWrongPasswords(int status, string body)
    {
        wrong = () => Message(status, body);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        using var login = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        var password = login.RootElement.GetProperty("password").GetString()!;
        // Each answer takes a second of the fake clock.
        timeProvider.Advance(TimeSpan.FromSeconds(1));
        if (password != Password)
        {
            WrongPasswords.Add(password);
            return wrong();
        }

        return right.Count > 1 ? right.Dequeue()() : right.Peek()();
    }

    private static HttpResponseMessage Message(int status, string body)
        => new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
