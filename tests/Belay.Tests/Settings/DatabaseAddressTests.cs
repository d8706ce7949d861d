using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class DatabaseAddressTests
{
    private static readonly DatabaseTarget Target = new()
    {
        Hosts = [new DatabaseHost("127.0.0.1", 5433)],
        Database = "my \"shop'",
        Username = "o'neil \"x",
        Password = new Secret("wo;rd '\"\\ of a test"),
        Options = new Dictionary<string, string> { ["sslmode"] = "disable" },
    };

    [Theory]
    [InlineData("postgres://other@db/x", "postgres://")]
    [InlineData("postgresql+psycopg2://other@db/x", "postgresql+psycopg2://")]
    [InlineData("Host=db;Database=x", "Host=127.0.0.1;")]
    [InlineData("Server=db;Database=x", "Host=127.0.0.1;")]
    [InlineData("host=db dbname=x", "host=127.0.0.1 ")]
    [InlineData(null, "postgresql://")]
    public void Every_form_names_the_same_database_again(string? model, string beginning)
    {
        var text = DatabaseAddress.Like(Target, model);

        Assert.StartsWith(beginning, text, StringComparison.Ordinal);
        var read = DatabaseUrl.Parse(text);
        Assert.Equal(
            (Target.Hosts[0], Target.Database, Target.Username, Target.Password!.Reveal()),
            (read.Hosts.Single(), read.Database, read.Username, read.Password!.Reveal()));
    }

    [Fact]
    public void A_driver_that_is_named_gets_no_option_that_it_may_not_know()
    {
        Assert.EndsWith("?sslmode=disable", DatabaseAddress.Like(Target, "postgres://a@b/c"), StringComparison.Ordinal);
        Assert.DoesNotContain('?', DatabaseAddress.Like(Target, "postgresql+asyncpg://a@b/c"));
    }
}
