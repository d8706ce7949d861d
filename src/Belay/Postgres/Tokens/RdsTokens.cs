using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using Belay.Settings;
using Belay.Settings.Tokens;

namespace Belay.Postgres.Tokens;

/// <summary>Tokens for Amazon RDS and Aurora: a signed address that the server checks, made here without asking anybody.</summary>
/// <remarks>The form is that of AWS's page "IAM database authentication for MariaDB, MySQL, and PostgreSQL": the action <c>connect</c> of
/// the service <c>rds-db</c>, valid for 15 minutes, without the scheme.</remarks>
/// <param name="target">One host; its name and port are signed.</param>
/// <param name="region">The server's region, for example <c>eu-central-1</c>.</param>
/// <param name="findCredentials">Asked for each token: keys of a role change.</param>
/// <param name="timeProvider">The clock by which the token expires.</param>
internal sealed class RdsTokens(DatabaseTarget target, string region, Func<AWSCredentials> findCredentials, TimeProvider timeProvider)
    : ITokenSource
{
    private const string Service = "rds-db";
    private const string Scheme = "https://";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public async Task<DatabaseToken> IssueAsync(CancellationToken cancellationToken)
    {
        var expires = timeProvider.GetUtcNow() + Life;
        try
        {
            var keys = await findCredentials().GetCredentialsAsync().WaitAsync(cancellationToken);
            return new DatabaseToken(new Secret(Sign(keys)), expires);
        }
        catch (AmazonClientException exception)
        {
            throw new TokenException(
                $"AWS has no keys to sign a token for the database with: {exception.Message}",
                "give the machine a role, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; then run ./build.sh Preflight",
                exception);
        }
    }

    private string Sign(ImmutableCredentials keys)
    {
        var host = target.Hosts[0];
        using var request = new DefaultRequest(new ConnectRequest(), Service)
        {
            HttpMethod = "GET",
            Endpoint = new Uri($"{Scheme}{host.Name}:{host.Port}"),
            UseQueryString = true,
        };
        request.Parameters.Add("Action", "connect");
        request.Parameters.Add("DBUser", target.Username);
        request.Parameters.Add("X-Amz-Expires", $"{Life.TotalSeconds:0}");
        if (keys.UseToken)
        {
            request.Parameters.Add("X-Amz-Security-Token", keys.Token);
        }

        var signed = AWS4PreSignedUrlSigner.SignRequest(
            request, null, new RequestMetrics(), keys.AccessKey, keys.SecretKey, Service, region);
        return $"{AmazonServiceClient.ComposeUrl(request).AbsoluteUri}&{signed.ForQueryParameters}"[Scheme.Length..];
    }

    private sealed class ConnectRequest : AmazonWebServiceRequest;
}
