using System.Text;
using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class SecretVariablesTests
{
    private readonly string fresh = Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData("DATABASE_URL", "postgresql://app:word%2Bof-database-url@db/shop", "word+of-database-url")]
    [InlineData("BACKUP_STORE", "https://a.blob.core.windows.net/b?sig=wordOfTheStore%3D", "wordOfTheStore=")]
    [InlineData("BACKUP_KEY", "word-of-backup-key", "word-of-backup-key")]
    [InlineData("RECORD_KEY", "word-of-record-key", "word-of-record-key")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "x-key=word%20of-header,authorization=Bearer%20word-of-bearer", "word of-header")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "authorization=Bearer%20word-of-span-bearer", "word-of-span-bearer")]
    [InlineData("WEBHOOK_URL", "https://hooks.example/word-of-the-webhook", "https://hooks.example/word-of-the-webhook")]
    [InlineData("SMOKE_PASSWORD", "word-of-smoke", "word-of-smoke")]
    [InlineData("SMOKE_HEADER", "Content-Type: text/plain\nAuthorization: Bearer word-of-header", "word-of-header")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "word-of-aws", "word-of-aws")]
    [InlineData("AZURE_CLIENT_SECRET", "word-of-azure", "word-of-azure")]
    [InlineData("NPM_TOKEN", "word-of-npm-token", "word-of-npm-token")]
    [InlineData("HTTPS_PROXY", "http://me:word-of-proxy@proxy:3128", "word-of-proxy")]
    public void Masks_every_secret_of_the_environment_whatever_the_run_needs(string name, string value, string secret)
    {
        // What a process has remembered it never forgets: a word that is new each time was not remembered by another run of this test.
        string Fresh(string text) => text.Replace("word", $"word-{fresh}-", StringComparison.Ordinal);
        Assert.Empty(SecretVariables.Remember(new Dictionary<string, string> { [name] = Fresh(value) }));

        Assert.Equal("body: ***", Redaction.Apply($"body: {Fresh(secret)}"));
    }

    [Theory]
    [InlineData("BACKUP_KEY RECORD_KEY SMOKE_PASSWORD PGPASSWORD PGSSLPASSWORD IDENTITY_HEADER MSI_SECRET SYSTEM_ACCESSTOKEN")]
    [InlineData("AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CONTAINER_AUTHORIZATION_TOKEN AZURE_CLIENT_CERTIFICATE_PASSWORD")]
    [InlineData("AZURE_STORAGE_CONNECTION_STRING AZURE_STORAGE_KEY AZURE_STORAGE_SAS_TOKEN AZURE_CLIENT_SECRET AZURE_PASSWORD")]
    public void Masks_those_that_are_known_whatever_their_length(string names)
        => Assert.All(names.Split(' '), name =>
        {
            var secret = Guid.NewGuid().ToString("N")[..7];
            SecretVariables.Remember(new Dictionary<string, string> { [name] = secret });
            Assert.Equal("body: ***", Redaction.Apply($"body: {secret}"));
        });

    [Fact]
    public void Masks_another_s_from_eight_characters_on()
    {
        var (seven, eight) = (Guid.NewGuid().ToString("N")[..7], Guid.NewGuid().ToString("N")[..8]);
        SecretVariables.Remember(new Dictionary<string, string> { ["A_TOKEN"] = seven, ["B_TOKEN"] = eight });
        Assert.Equal($"{seven} ***", Redaction.Apply($"{seven} {eight}"));
    }

    [Theory]
    [InlineData("SMOKE_TOKEN_FIELD", "variable_access_token")]
    [InlineData("BACKUP_STORE", "file:///mnt/variable-backups")]
    [InlineData("BACKUP_KEY_FILE", "/etc/variable/key")]
    [InlineData("GITHUB_TOKEN", "short")]
    [InlineData("API_TOKEN", "/run/variable/token-of-a-file")]
    [InlineData("HTTPS_PROXY", "http://variable-proxy:3128")]
    public void Masks_no_ordinary_word(string name, string value)
    {
        SecretVariables.Remember(new Dictionary<string, string> { [name] = value });

        Assert.Equal(value, Redaction.Apply(value));
    }

    [Theory]
    [InlineData("SMOKE_PASSWORD", "pw", "2 characters")]
    [InlineData("DATABASE_URL", "postgresql://app:z@db/shop", "1 character")]
    public void Warns_of_a_secret_that_is_too_short_to_be_masked_everywhere(string name, string value, string length)
        => Assert.Equal(
            [
                $"The secret in {name} has {length}: in output and records it is masked only where it stands as a whole value. Choose one "
                    + "of 4 or more.",
            ],
            SecretVariables.Remember(new Dictionary<string, string> { [name] = value }));

    [Theory]
    [InlineData("")]
    [InlineData("four")]
    [InlineData("longer")]
    public void Warns_of_no_other_and_leaves_the_user_of_the_login_to_be_read(string beginning)
    {
        var password = beginning.Length == 0 ? "" : beginning.Length == 4 ? "qz~q" : $"{beginning}{fresh}";
        var user = $"user-{fresh[10..]}";
        Assert.Empty(SecretVariables.Remember(new Dictionary<string, string> { ["SMOKE_USERNAME"] = user, ["SMOKE_PASSWORD"] = password }));
        Assert.Equal($"{user}:{(password.Length == 0 ? "" : "***")}", Redaction.Apply($"{user}:{password}"));
    }

    [Fact]
    public void Masks_a_short_password_in_the_base64_of_the_login()
    {
        SecretVariables.Remember(new Dictionary<string, string> { ["SMOKE_USERNAME"] = fresh, ["SMOKE_PASSWORD"] = "k8" });

        Assert.Equal("Basic ***", Redaction.Apply($"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{fresh}:k8"))}"));
    }
}
