using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Belay.Postgres.Tokens;
using Belay.Settings;
using Belay.Settings.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Postgres.Tokens;

/// <summary>The token against AWS's page "Signature Version 4 for API requests", computed here step by step.</summary>
public sealed class RdsTokensTests
{
    private const string Host = "shop.c0ffee.eu-central-1.rds.amazonaws.com:5433";
    private const string Key = "secret-key-of-a-test";

    [Theory]
    [InlineData(null)]
    [InlineData("session/token+of=a test")]
    public async Task Signs_the_address_of_the_server_for_the_owner(string? session)
    {
        var text = (await IssueAsync(session)).Value.Reveal();

        Assert.StartsWith($"{Host}/?", text, StringComparison.Ordinal);
        var parameters = text[(Host.Length + 2)..].Split('&').Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        Assert.Equal("connect", parameters["Action"]);
        Assert.Equal("release%2Bowner", parameters["DBUser"]);
        Assert.Equal("900", parameters["X-Amz-Expires"]);
        Assert.Equal(session is null ? null : Uri.EscapeDataString(session), parameters.GetValueOrDefault("X-Amz-Security-Token"));
        Assert.Equal(Signature(parameters), parameters["X-Amz-Signature"]);
    }

    [Fact]
    public async Task Says_when_the_token_ends()
    {
        var token = await IssueAsync(null);

        Assert.Equal(new FakeTimeProvider().GetUtcNow().AddMinutes(15), token.ExpiresUtc);
    }

    [Fact]
    public async Task Says_what_to_do_where_there_are_no_keys()
    {
        var failure = await Assert.ThrowsAsync<TokenException>(() => SignAsync(() => throw new AmazonClientException("none was found")));

        Assert.Equal("AWS has no keys to sign a token for the database with: none was found", failure.Message);
        Assert.Equal(
            "give the machine a role, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; then run ./build.sh Preflight",
            failure.Hint);
    }

    private static Task<DatabaseToken> IssueAsync(string? session)
        => SignAsync(
            () => session is null ? new BasicAWSCredentials("AKIDEXAMPLE", Key) : new SessionAWSCredentials("AKIDEXAMPLE", Key, session));

    private static Task<DatabaseToken> SignAsync(Func<AWSCredentials> findCredentials)
        => new RdsTokens(
            DatabaseUrl.Parse($"postgresql://release%2Bowner@{Host}/shop?sslmode=verify-full"),
            "eu-central-1",
            findCredentials,
            new FakeTimeProvider()).IssueAsync(Token);

    private static string Signature(Dictionary<string, string> parameters)
    {
        var at = parameters["X-Amz-Date"];
        var scope = $"{at[..8]}/eu-central-1/rds-db/aws4_request";
        Assert.Equal(Uri.EscapeDataString($"AKIDEXAMPLE/{scope}"), parameters["X-Amz-Credential"]);
        var query = string.Join('&', parameters.Where(pair => pair.Key != "X-Amz-Signature")
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
        var canonical = $"GET\n/\n{query}\nhost:{Host}\n\nhost\n{Hex(SHA256.HashData([]))}";
        var toSign = $"AWS4-HMAC-SHA256\n{at}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = new[] { at[..8], "eu-central-1", "rds-db", "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes($"AWS4{Key}"), Sign);
        return Hex(Sign(key, toSign));
    }

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
