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

    [Fact]
    public void Masks_a_short_password_in_the_base64_of_the_login()
    {
        SecretVariables.Remember(new Dictionary<string, string> { ["SMOKE_USERNAME"] = fresh, ["SMOKE_PASSWORD"] = "k8" });

        Assert.Equal("Basic ***", Redaction.Apply($"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{fresh}:k8"))}"));
    }
}
