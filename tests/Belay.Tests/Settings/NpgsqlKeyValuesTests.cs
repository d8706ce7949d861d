using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class NpgsqlKeyValuesTests
{
    [Theory]
    [InlineData("Host", "host")]
    [InlineData("Server", "host")]
    [InlineData("Port", "port")]
    [InlineData("Database", "dbname")]
    [InlineData("DB", "dbname")]
    [InlineData("Username", "user")]
    [InlineData("User Id", "user")]
    [InlineData("UID", "user")]
    [InlineData("User", "user")]
    [InlineData("Password", "password")]
    [InlineData("PSW", "password")]
    [InlineData("Pwd", "password")]
    [InlineData("Passfile", "passfile")]
    [InlineData("SSL Certificate", "sslcert")]
    [InlineData("SSL Key", "sslkey")]
    [InlineData("SSL Password", "sslpassword")]
    [InlineData("Root Certificate", "sslrootcert")]
    [InlineData("Kerberos Service Name", "krbsrvname")]
    [InlineData("Options", "options")]
    [InlineData("Timeout", "connect_timeout")]
    [InlineData("Application Name", "application_name")]
    [InlineData("Client Encoding", "client_encoding")]
    [InlineData("Keepalive", "keepalives_idle")]
    [InlineData("Check Certificate Revocation", "sslcrl")]
    public void Calls_each_keyword_by_libpq_s_name_and_leaves_its_value(string keyword, string name)
        => Assert.Equal([new(name, "Value")], NpgsqlKeyValues.Read($"{keyword}=Value"));

    [Theory]
    [InlineData("SSL Mode", "Require", "sslmode", "require")]
    [InlineData("SSL Mode", "VerifyCA", "sslmode", "verify-ca")]
    [InlineData("SSL Negotiation", "Direct", "sslnegotiation", "direct")]
    [InlineData("Channel Binding", "Require", "channel_binding", "require")]
    [InlineData("GSS Encryption Mode", "Disable", "gssencmode", "disable")]
    [InlineData("Target Session Attributes", "Primary", "target_session_attrs", "primary")]
    [InlineData("Require Auth", "ScramSHA256", "require_auth", "scram-sha-256")]
    public void Writes_a_choice_as_libpq_does(string keyword, string value, string name, string written)
        => Assert.Equal([new(name, written)], NpgsqlKeyValues.Read($"{keyword}={value}"));

    [Theory]
    [InlineData("Pooling,Minimum Pool Size,MinPoolSize,Maximum Pool Size,MaxPoolSize,Connection Idle Lifetime,Connection Lifetime")]
    [InlineData("Connection Pruning Interval,Command Timeout,Internal Command Timeout,Cancellation Timeout,Enlist,Encoding,Multiplexing")]
    [InlineData("Include Error Detail,Log Parameters,No Reset On Close,Max Auto Prepare,Auto Prepare Min Usages,Persist Security Info")]
    [InlineData("Read Buffer Size,Write Buffer Size,Load Table Composites,TCP Keepalive,Trust Server Certificate,Load Balance Hosts")]
    [InlineData("Host Recheck Seconds")]
    public void Leaves_out_what_steers_only_Npgsql(string keywords)
        => Assert.All(keywords.Split(','), keyword => Assert.Empty(NpgsqlKeyValues.Read($"{keyword}=1")));

    [Fact]
    public void Leaves_out_that_revocation_is_not_looked_at()
        => Assert.Empty(NpgsqlKeyValues.Read("Check Certificate Revocation=False"));

    [Theory]
    [InlineData("h1,h2:5434", "host=h1,h2|port=,5434")]
    [InlineData("h1:5433, h2:5434", "host=h1,h2|port=5433,5434")]
    [InlineData("[::1]", "host=::1")]
    [InlineData("[::1]:5433,::2", "host=::1,::2|port=5433,")]
    [InlineData("/run/a:b", "host=/run/a:b")]
    [InlineData("h1,h2", "host=h1,h2")]
    public void Takes_ports_from_the_hosts(string hosts, string parameters)
        => Assert.Equal(
            parameters, string.Join('|', NpgsqlKeyValues.Read($"Host={hosts}").Select(parameter => $"{parameter.Key}={parameter.Value}")));
}
