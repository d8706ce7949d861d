using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class ConnectionParametersTests
{
    [Theory]
    [InlineData("sslmode", "disable allow prefer require verify-ca verify-full")]
    [InlineData("target_session_attrs", "any read-write read-only primary standby prefer-standby")]
    [InlineData("channel_binding", "disable prefer require")]
    [InlineData("gssencmode", "disable prefer require")]
    [InlineData("sslnegotiation", "postgres direct")]
    [InlineData("require_auth", "password md5 gss sspi scram-sha-256 none !password,!md5")]
    public void Keeps_each_value_of_a_choice_and_refuses_others(string name, string values)
    {
        Assert.All(values.Split(' '), value => Assert.Equal([new(name, value)], Target((name, value)).Options));
        Assert.StartsWith($"DATABASE_URL has a {name} ", Fault((name, "other")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sslrootcert sslcert sslkey options passfile krbsrvname")]
    public void Keeps_what_may_be_any_text_unless_it_is_empty(string names)
        => Assert.All(names.Split(' '), name =>
        {
            Assert.Equal([new(name, "Any text")], Target((name, "Any text")).Options);
            Assert.Empty(Target((name, "")).Options);
        });

    [Theory]
    [InlineData("application_name fallback_application_name ApplicationName client_encoding keepalives keepalives_idle")]
    [InlineData("keepalives_interval keepalives_count tcp_user_timeout load_balance_hosts sslcompression")]
    public void Leaves_out_what_guards_nothing(string names)
        => Assert.All(names.Split(' '), name => Assert.Empty(Target((name, "1")).Options));

    [Theory]
    [InlineData("hostaddr", "write the address as host")]
    [InlineData("service", "write out what the service file says")]
    [InlineData("servicefile", "write out what the service file says")]
    [InlineData("sslpassword", "pg_dump cannot be given it safely; use a key file without a password, readable by its owner only")]
    [InlineData("pgbouncer", "Belay needs the server's own address, not a pooler's")]
    [InlineData("schema", "use options=-csearch_path%3Dname")]
    [InlineData("replication", "Belay needs an ordinary connection")]
    public void Refuses_what_it_cannot_do_and_says_what_to_do_instead(string name, string instead)
        => Assert.Equal($"DATABASE_URL has the parameter \"{name}\", which Belay does not support: {instead}", Fault((name, "1")));

    [Theory]
    [InlineData("ssl", "true", "verify-full")]
    [InlineData("ssl", "True", "verify-full")]
    [InlineData("ssl", "1", "verify-full")]
    [InlineData("ssl", "false", "disable")]
    [InlineData("ssl", "False", "disable")]
    [InlineData("ssl", "0", "disable")]
    [InlineData("ssl", "allow", "allow")]
    public void Reads_other_drivers_word_for_encryption(string name, string value, string mode)
        => Assert.Equal([new("sslmode", mode)], Target((name, value)).Options);

    [Fact]
    public void Takes_the_later_of_two_and_other_names_of_the_same()
    {
        var target = Target(("database", "d2"), ("username", "u2"), ("port", "1"), ("port", "2"));
        Assert.Equal(("h:2/d2", "u2"), (target.DisplayName, target.Username));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("a\nb", "DATABASE_URL has a line break in the password")]
    [InlineData("a\rb", "DATABASE_URL has a line break in the password")]
    [InlineData("\0", "DATABASE_URL has a line break in the password")]
    public void Takes_an_empty_password_for_none_and_refuses_one_that_no_line_can_hold(string password, string? fault)
    {
        if (fault is null)
        {
            Assert.Null(Target(("password", password)).Password);
        }
        else
        {
            Assert.Equal(fault, Fault(("password", password)));
        }
    }

    [Theory]
    [InlineData("connect_timeout", "7", true)]
    [InlineData("connect_timeout", "-7", false)]
    [InlineData("connect_timeout", " 7", false)]
    [InlineData("connect_timeout", "", false)]
    public void Takes_a_whole_number_of_seconds_for_a_timeout(string name, string value, bool isTaken)
    {
        if (isTaken)
        {
            Assert.Equal([new(name, value)], Target((name, value)).Options);
        }
        else
        {
            Assert.Equal("DATABASE_URL has a connect_timeout that is not a whole number of seconds", Fault((name, value)));
        }
    }

    [Theory]
    [InlineData("a_b C", "\"a_b C\"")]
    [InlineData("", "with an unreadable name")]
    [InlineData("pass4word", "with an unreadable name")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcd", "\"abcdefghijklmnopqrstuvwxyzabcd\"")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcde", "with an unreadable name")]
    public void Shows_a_name_only_if_it_looks_like_one(string name, string shown) => Assert.Equal(shown, ConnectionParameters.Shown(name));

    private static DatabaseTarget Target(params (string Name, string Value)[] parameters)
        => ConnectionParameters.ToTarget(
            new[] { ("host", "h"), ("dbname", "d"), ("user", "u") }.Concat(parameters)
                .Select(parameter => KeyValuePair.Create(parameter.Item1, parameter.Item2)));

    private static string Fault((string Name, string Value) parameter)
        => Assert.Throws<SettingsException>(() => Target(parameter)).Message;
}
