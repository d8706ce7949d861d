using Belay.Postgres.Tokens;
using Belay.Settings;

namespace Belay.Tests.Postgres.Tokens;

public sealed class TokenAuthenticationTests
{
    private const string Option = "--database-auth";

    [Theory]
    [InlineData("postgresql://ann@db/shop?sslmode=require")]
    [InlineData("postgresql://ann@db/shop?sslmode=verify-ca")]
    [InlineData("postgresql://ann@db/shop?sslmode=verify-full")]
    [InlineData("postgresql://ann@db/shop?sslrootcert=system")]
    public void Takes_an_address_without_a_password_whose_connection_is_encrypted(string address)
        => Assert.NotNull(Apply(address, DatabaseAuthentication.Entra).Tokens);

    [Fact]
    public void Leaves_an_address_alone_whose_owner_has_a_password()
    {
        var target = DatabaseUrl.Parse("postgresql://ann:word-1@db/shop");

        Assert.Same(target, TokenAuthentication.Apply(target, DatabaseAuthentication.Password, Option, Environment("PGPASSWORD")));
    }

    [Fact]
    public void Refuses_a_password_whose_owner_would_be_asked_for_a_token()
    {
        var refusal = Refused("postgresql://ann:word-1@db/shop", DatabaseAuthentication.Entra, "PGPASSWORD");

        Assert.Equal(
            [
                "DATABASE_URL has a password, which --database-auth would not use",
                "PGPASSWORD is set, which --database-auth would not use",
                "With --database-auth the connection must be encrypted: whoever reads the token can connect with it",
            ],
            refusal.Faults);
        Assert.Equal("take the password out of DATABASE_URL, or --database-auth password", refusal.Hint);
        Assert.Equal(ExitCodes.Usage, refusal.ExitCode);
    }

    [Theory]
    [InlineData("postgresql://ann@db/shop")]
    [InlineData("postgresql://ann@db/shop?sslmode=prefer")]
    [InlineData("postgresql://ann@db/shop?sslmode=disable")]
    public void Refuses_a_connection_that_may_be_readable(string address)
    {
        var refusal = Refused(address, DatabaseAuthentication.AwsIam);

        Assert.Equal("With --database-auth the connection must be encrypted: whoever reads the token can connect with it", refusal.Message);
        Assert.Equal("add sslmode=verify-full to DATABASE_URL (or verify-ca, or require)", refusal.Hint);
    }

    [Fact]
    public void Refuses_several_hosts_where_the_token_is_signed_for_one()
        => Assert.Equal(
            "With --database-auth aws-iam DATABASE_URL must name one host: the token is signed for it",
            Refused("postgresql://ann@a,b/shop?sslmode=require", DatabaseAuthentication.AwsIam).Message);

    [Fact]
    public void Refuses_a_server_whose_region_nobody_names()
    {
        const string Address = "postgresql://ann@db.example.com/shop?sslmode=verify-full";

        var refusal = Refused(Address, DatabaseAuthentication.AwsIam);

        Assert.Equal(
            "With --database-auth aws-iam the server's region must be known, and \"db.example.com\" does not name it", refusal.Message);
        Assert.Equal("export AWS_REGION=eu-central-1 (the server's region)", refusal.Hint);
    }

    [Theory]
    [InlineData("shop.c0ffee.eu-central-1.rds.amazonaws.com", "eu-central-1")]
    [InlineData("shop.cluster-c0ffee.us-gov-west-1.rds.amazonaws.com", "us-gov-west-1")]
    [InlineData("shop.c0ffee.CN-NORTH-1.rds.amazonaws.com.cn", "cn-north-1")]
    [InlineData("eu-central-1.example.com", null)]
    public void Reads_the_region_from_the_servers_name(string host, string? region)
        => Assert.Equal(region, TokenAuthentication.RegionOf(host));

    private static DatabaseTarget Apply(string address, DatabaseAuthentication authentication, string? set = null)
        => TokenAuthentication.Apply(DatabaseUrl.Parse(address), authentication, Option, Environment(set));

    private static SettingsInput Environment(string? set) => new()
    {
        RootFolder = "/",
        Environment = set is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [set] = "set" },
    };

    private static SettingsException Refused(string address, DatabaseAuthentication authentication, string? set = null)
        => Assert.Throws<SettingsException>(() => Apply(address, authentication, set));
}
