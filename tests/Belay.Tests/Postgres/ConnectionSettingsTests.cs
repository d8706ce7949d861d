using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Tests.Postgres;

public sealed class ConnectionSettingsTests
{
    [Theory]
    [InlineData("disable", SslMode.Disable)]
    [InlineData("allow", SslMode.Allow)]
    [InlineData("prefer", SslMode.Prefer)]
    [InlineData("require", SslMode.Require)]
    [InlineData("verify-ca", SslMode.VerifyCA)]
    [InlineData("verify-full", SslMode.VerifyFull)]
    public void Maps_each_sslmode(string name, SslMode expected)
        => Assert.Equal(expected, Settings($"postgresql://u@h/d?sslmode={name}").SslMode);

    [Fact]
    public void Checks_the_chain_when_a_root_certificate_comes_with_require()
    {
        var settings = Settings("postgresql://u@h/d?sslmode=require&sslrootcert=/ca.pem");

        Assert.Equal((SslMode.VerifyCA, "/ca.pem"), (settings.SslMode, settings.RootCertificate));
    }

    [Fact]
    public void Checks_host_and_chain_against_the_system_s_certificates()
    {
        var settings = Settings("postgresql://u@h/d?sslrootcert=system");

        Assert.Equal((SslMode.VerifyFull, null), (settings.SslMode, settings.RootCertificate));
    }

    [Fact]
    public void Maps_the_parameters_that_guard_a_connection()
    {
        var settings = Settings(
            "postgresql://u@h/d?channel_binding=require&gssencmode=disable&require_auth=scram-sha-256&sslnegotiation=direct&sslcert=/"
                + "c&sslkey=/k&passfile=/p&krbsrvname=pg");

        Assert.Equal(ChannelBinding.Require, settings.ChannelBinding);
        Assert.Equal(GssEncryptionMode.Disable, settings.GssEncryptionMode);
        Assert.Equal("ScramSHA256", settings.RequireAuth);
        Assert.Equal(SslNegotiation.Direct, settings.SslNegotiation);
        Assert.Equal(("/c", "/k", "/p", "pg"), (settings.SslCertificate, settings.SslKey, settings.Passfile, settings.KerberosServiceName));
    }

    [Theory]
    [InlineData("postgresql://u@h:5433/d", "h", 5433)]
    [InlineData("postgresql://u@[::1]:5433/d", "::1", 5433)]
    [InlineData("postgresql://u@/d?host=/run/pg&port=5433", "/run/pg", 5433)]
    [InlineData("postgresql://u@h1:5433,[::1]:5434/d", "h1:5433,[::1]:5434", 5433)]
    public void Writes_hosts_as_Npgsql_reads_them(string address, string host, int port)
    {
        var settings = Settings(address);

        Assert.Equal((host, port), (settings.Host, settings.Port));
    }

    [Theory]
    [InlineData("password,md5,gss,sspi,scram-sha-256,none", "Password,MD5,GSS,SSPI,ScramSHA256,None")]
    [InlineData("!password,!md5", "!Password,!MD5")]
    public void Maps_each_authentication_method(string methods, string expected)
        => Assert.Equal(expected, Settings($"host=h dbname=d user=u require_auth={methods}").RequireAuth);

    [Fact]
    public void Asks_for_a_writable_server_only_where_there_is_a_choice()
    {
        Assert.Null(Settings("postgresql://u@h/d?target_session_attrs=read-write").TargetSessionAttributes);
        Assert.Equal("read-write", Settings("postgresql://u@h1,h2/d?target_session_attrs=read-write").TargetSessionAttributes);
    }

    [Fact]
    public void Caps_the_time_out_at_what_Npgsql_takes()
        => Assert.Equal(1024, Settings("postgresql://u@h/d?connect_timeout=5000").Timeout);

    private static NpgsqlConnectionStringBuilder Settings(string address) => ConnectionSettings.From(DatabaseUrl.Parse(address));
}
