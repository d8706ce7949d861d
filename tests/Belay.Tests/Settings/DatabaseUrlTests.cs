using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class DatabaseUrlTests
{
    [Theory]
    [InlineData("postgresql://ann:s3cret@db.example.com:5433/shop", "db.example.com:5433/shop")]
    [InlineData("postgres://ann:s3cret@db.example.com/shop", "db.example.com:5432/shop")]
    [InlineData("POSTGRES://ann:s3cret@db.example.com/shop", "db.example.com:5432/shop")]
    [InlineData("postgresql+psycopg2://ann:s3cret@db/shop", "db:5432/shop")]
    [InlineData("postgresql+psycopg://ann:s3cret@db/shop", "db:5432/shop")]
    [InlineData("postgresql+asyncpg://ann:s3cret@db/shop", "db:5432/shop")]
    [InlineData("postgresql+psycopg2cffi://ann:s3cret@db/shop", "db:5432/shop")]
    [InlineData("postgresql+pg8000://ann:s3cret@db/shop", "db:5432/shop")]
    [InlineData("jdbc:postgresql://db:5433/shop?user=ann&password=s3cret", "db:5433/shop")]
    [InlineData("postgresql://ann:s3cret@[2001:db8::1]:5433/shop", "[2001:db8::1]:5433/shop")]
    [InlineData("postgresql://ann:s3cret@[::1]/shop", "[::1]:5432/shop")]
    [InlineData("postgresql://ann:s3cret@h1:5432,h2:5433/shop", "h1:5432,h2:5433/shop")]
    [InlineData("postgresql://ann:s3cret@h1,[::1]:5433,h3/shop", "h1:5432,[::1]:5433,h3:5432/shop")]
    [InlineData("postgresql://ann:s3cret@/shop?host=/var/run/postgresql", "/var/run/postgresql:5432/shop")]
    [InlineData("postgresql://ann:s3cret@%2Fvar%2Frun%2Fpostgresql/shop", "/var/run/postgresql:5432/shop")]
    [InlineData("postgresql://ann:s3cret@/shop?host=h1:5433&host=h2:5434", "h1:5433,h2:5434/shop")]
    [InlineData("postgresql://ann:s3cret@ignored/shop?host=h1&port=5499", "h1:5499/shop")]
    [InlineData("postgresql://ann:s3cret@h1:1,h2:65535/shop", "h1:1,h2:65535/shop")]
    [InlineData("postgresql:///shop?host=h1&user=ann&password=s3cret", "h1:5432/shop")]
    [InlineData("postgresql://ann:s3cret@db?dbname=shop", "db:5432/shop")]
    [InlineData("postgresql://@db/shop@home?user=ann&password=s3cret", "db:5432/shop@home")]
    [InlineData("  \"postgresql://ann:s3cret@db/shop\"\n", "db:5432/shop")]
    [InlineData("psql 'postgresql://ann:s3cret@db/shop'", "db:5432/shop")]
    [InlineData("host=db port=5433 dbname=shop user=ann password=s3cret", "db:5433/shop")]
    [InlineData("host = db dbname = 'shop' user = ann password = 's3cret'", "db:5432/shop")]
    [InlineData("host=h1,h2 port=5432,5433 dbname=shop user=ann password=s3cret", "h1:5432,h2:5433/shop")]
    [InlineData("host=h1,h2 port=5433 dbname=shop user=ann password=s3cret", "h1:5433,h2:5433/shop")]
    [InlineData("Host=db;Port=5433;Username=ann;Password=s3cret;Database=shop", "db:5433/shop")]
    [InlineData("Server=db; User Id=ann; Password=s3cret; Database=shop;", "db:5432/shop")]
    [InlineData("host=db;username=ann;password=s3cret;database=shop", "db:5432/shop")]
    [InlineData("Host=h1:5433,h2:5434;Username=ann;Password=s3cret;Database=shop", "h1:5433,h2:5434/shop")]
    [InlineData("Host=h1,h2;Port=5433;Username=ann;Password=s3cret;Database=shop;Pooling=true;Maximum Pool Size=5", "h1:5433,h2:5433/shop")]
    [InlineData("Host=::1;Username=ann;Password=s3cret;Database=shop", "[::1]:5432/shop")]
    public void Reads_every_form_of_address(string address, string expected)
    {
        var target = DatabaseUrl.Parse(address);

        Assert.Equal(expected, target.DisplayName);
        Assert.Equal("ann", target.Username);
        Assert.Equal("s3cret", target.Password?.Reveal());
    }

    [Theory]
    [InlineData("postgresql://a%40b:p%40%3A%2F%23%25%20x@db/my%20shop")]
    [InlineData("host=db dbname='my shop' user=a@b password='p@:/#% x'")]
    [InlineData(@"host=db dbname=my\ shop user=a@b password=p@:/#%\ x")]
    [InlineData("Host=db;Database=my shop;Username=a@b;Password=\"p@:/#% x\"")]
    public void Decodes_user_password_and_database(string address)
    {
        var target = DatabaseUrl.Parse(address);

        Assert.Equal(("a@b", "p@:/#% x", "my shop"), (target.Username, target.Password!.Reveal(), target.Database));
    }

    [Theory]
    [InlineData("host=db dbname=d user=u password='it''s'", "it's")]
    [InlineData(@"host=db dbname=d user=u password='it\'s'", "it's")]
    [InlineData(@"host=db dbname=d user=u password='back\\slash'", @"back\slash")]
    [InlineData("host=db dbname=d user=u password=a;b", "a;b")]
    [InlineData("Host=db;Database=d;Username=u;Password='a;b'", "a;b")]
    [InlineData("postgresql://u:a:b+c@db/d", "a:b+c")]
    public void Reads_passwords_with_quotes_backslashes_and_semicolons(string address, string expected)
        => Assert.Equal(expected, DatabaseUrl.Parse(address).Password!.Reveal());

    [Fact]
    public void Has_no_password_when_the_address_has_none()
        => Assert.Null(DatabaseUrl.Parse("postgresql://ann@db/shop").Password);

    [Theory]
    [InlineData(
        "postgresql://u@h/d?sslmode=verify-full&sslrootcert=/etc/ca.pem&options=-c%20search_path%3Dshop&connect_timeout=7&"
            + "target_session_attrs=read-write")]
    [InlineData(
        "host=h dbname=d user=u sslmode=verify-full sslrootcert=/etc/ca.pem options='-c search_path=shop' connect_timeout=7 "
            + "target_session_attrs=read-write")]
    [InlineData(
        "Host=h;Database=d;Username=u;SSL Mode=VerifyFull;Root Certificate=/etc/ca.pem;Options=-c search_path=shop;Timeout=7;Target "
            + "Session Attributes=Read-Write")]
    public void Keeps_the_other_parameters_by_their_libpq_names(string address)
    {
        var options = DatabaseUrl.Parse(address).Options;

        Assert.Equal(
            [
                ("connect_timeout", "7"),
                ("options", "-c search_path=shop"),
                ("sslmode", "verify-full"),
                ("sslrootcert", "/etc/ca.pem"),
                ("target_session_attrs", "read-write"),
            ],
            options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => (option.Key, option.Value)));
    }

    [Theory]
    [InlineData("postgresql://u@h/d?ssl=true", "verify-full")]
    [InlineData("postgresql://u@h/d?ssl=require", "require")]
    [InlineData("postgresql://u@h/d?ssl=false", "disable")]
    [InlineData("postgresql://u@h/d?sslmode=allow", "allow")]
    [InlineData("Host=h;Database=d;Username=u;SSL Mode=Require", "require")]
    [InlineData("Host=h;Database=d;Username=u;SslMode=VerifyCA", "verify-ca")]
    [InlineData("Host=h;Database=d;Username=u;Ssl Mode=verify-full", "verify-full")]
    public void Understands_how_other_drivers_ask_for_encryption(string address, string expected)
        => Assert.Equal(expected, DatabaseUrl.Parse(address).Options["sslmode"]);

    [Fact]
    public void Names_the_ways_to_log_in_as_libpq_does()
        => Assert.Equal(
            "scram-sha-256,md5",
            DatabaseUrl.Parse("Host=h;Database=d;Username=u;Require Auth=ScramSHA256,MD5").Options["require_auth"]);

    [Fact]
    public void Leaves_out_parameters_that_guard_nothing_and_steer_nothing()
        => Assert.Empty(DatabaseUrl.Parse("postgresql://u@h/d?application_name=app&keepalives=1&client_encoding=utf8").Options);

    [Fact]
    public void Takes_no_missing_address_for_an_empty_one() => Assert.Throws<ArgumentNullException>(() => DatabaseUrl.Parse(null!));

    [Theory]
    [InlineData("", "DATABASE_URL is empty")]
    [InlineData("\"\"", "DATABASE_URL is empty")]
    [InlineData(
        "mysql://u:s3cret@h/d",
        "DATABASE_URL has the unsupported scheme \"mysql\": it must be postgresql, postgres or postgresql+psycopg2")]
    [InlineData(
        "sqlite:///app.db", "DATABASE_URL has the unsupported scheme \"sqlite\": it must be postgresql, postgres or postgresql+psycopg2")]
    [InlineData(
        "postgresql+oracle://u:s3cret@h/d",
        "DATABASE_URL has the unsupported scheme \"postgresql+oracle\": it must be postgresql, postgres or postgresql+psycopg2")]
    [InlineData("postgresql://u:s3cret@h", "DATABASE_URL does not name a database")]
    [InlineData("postgresql://u:s3cret@h/", "DATABASE_URL does not name a database")]
    [InlineData("postgresql://u:s3cret@h?sslmode=require", "DATABASE_URL does not name a database")]
    [InlineData("postgresql:///d?user=u", "DATABASE_URL does not name a host")]
    [InlineData("postgresql://h/d", "DATABASE_URL does not name a user")]
    [InlineData("postgresql://:s3cret@h/d", "DATABASE_URL does not name a user")]
    [InlineData("postgresql://u:s3cret@/d", "DATABASE_URL does not name a host")]
    [InlineData(
        "postgresql://", "DATABASE_URL does not name a host\nDATABASE_URL does not name a database\nDATABASE_URL does not name a user")]
    [InlineData("host=h1,,h2 dbname=d user=u password=s3cret", "DATABASE_URL does not name a host")]
    [InlineData("dbname=d user=u password=s3cret host=", "DATABASE_URL does not name a host")]
    [InlineData("postgresql://u:s3cret@h:port/d", "DATABASE_URL has a port that is not a number from 1 to 65535")]
    [InlineData("postgresql://u:s3cret@h:0/d", "DATABASE_URL has a port that is not a number from 1 to 65535")]
    [InlineData("postgresql://u:s3cret@h:65536/d", "DATABASE_URL has a port that is not a number from 1 to 65535")]
    [InlineData("postgresql://u:s3cret@h:-1/d", "DATABASE_URL has a port that is not a number from 1 to 65535")]
    [InlineData("host=h1,h2,h3 port=1,2 dbname=d user=u password=s3cret", "DATABASE_URL has 3 hosts but 2 ports")]
    [InlineData(
        "postgresql://u:s3cret@::1:5432/d",
        "DATABASE_URL has a host that cannot be read: write host:port, and an IPv6 address in brackets, [2001:db8::1]:5432")]
    [InlineData("postgresql://@u:s3cret@h/d", "DATABASE_URL has more than one '@': write %40 for an '@' in user or password")]
    [InlineData("postgresql://u:s3@cret@h/d", "DATABASE_URL has more than one '@': write %40 for an '@' in user or password")]
    [InlineData(
        "postgresql://u:s3#cret@h/d",
        "DATABASE_URL contains a '#' that is not percent-encoded: write %23 for it in user, password and database")]
    [InlineData(
        "postgresql://u:s3/cret@h/d",
        "DATABASE_URL has a '/' or '?' before its '@': write %2F for a '/' and %3F for a '?' in user or password")]
    [InlineData(
        "postgresql://u:s3?cret@h/d",
        "DATABASE_URL has a '/' or '?' before its '@': write %2F for a '/' and %3F for a '?' in user or password")]
    [InlineData(
        "postgresql://u:s3%cret@h/d",
        "DATABASE_URL has a '%' without two hexadecimal digits after it in the password: write %25 for a '%'")]
    [InlineData(
        "postgresql://u:s3cret%00@h/d",
        "DATABASE_URL has a '%' without two hexadecimal digits after it in the password: write %25 for a '%'")]
    [InlineData(
        "postgresql://u%:s3cret@h/d", "DATABASE_URL has a '%' without two hexadecimal digits after it in the user: write %25 for a '%'")]
    [InlineData(
        "postgresql://u:s3cret@h%/d", "DATABASE_URL has a '%' without two hexadecimal digits after it in a host: write %25 for a '%'")]
    [InlineData(
        "postgresql://u:s3cret@h/d%",
        "DATABASE_URL has a '%' without two hexadecimal digits after it in the database's name: write %25 for a '%'")]
    [InlineData(
        "postgresql://u:s3cret@h/d?ssl%mode=allow",
        "DATABASE_URL has a '%' without two hexadecimal digits after it in a parameter's name: write %25 for a '%'")]
    [InlineData(
        "postgresql://u:s3cret@h/d?sslmode=%",
        "DATABASE_URL has a '%' without two hexadecimal digits after it in parameter \"sslmode\": write %25 for a '%'")]
    [InlineData("postgresql://u:s3 cret@h/d", "DATABASE_URL contains a space or line break: write %20 for a space")]
    [InlineData("postgresql://u:s3cret%0A@h/d", "DATABASE_URL has a line break in the password")]
    [InlineData(
        "postgresql://u:s3cret@h/d?sslmode",
        "DATABASE_URL has a parameter without a value after its '?': write name=value, with & between parameters")]
    [InlineData(
        "postgresql://u:s3cret@h/d?sslmode=no-verify",
        "DATABASE_URL has a sslmode that is none of disable, allow, prefer, require, verify-ca, verify-full")]
    [InlineData(
        "postgresql://u:s3cret@h/d?target_session_attrs=master",
        "DATABASE_URL has a target_session_attrs that is none of any, read-write, read-only, primary, standby, prefer-standby")]
    [InlineData(
        "postgresql://u:s3cret@h/d?connect_timeout=soon", "DATABASE_URL has a connect_timeout that is not a whole number of seconds")]
    [InlineData(
        "postgresql://u:s3cret@h/d?require_auth=scram-sha-256,magic",
        "DATABASE_URL has a require_auth with something else than password, md5, gss, sspi, scram-sha-256, none")]
    [InlineData("postgresql://u:s3cret@h/d?colour=blue", "DATABASE_URL has the parameter \"colour\", which Belay does not know")]
    [InlineData("postgresql://u:s3cret@h/d?sslcrl=/x", "DATABASE_URL has the parameter \"sslcrl\", which Belay does not know")]
    [InlineData(
        "postgresql://u:s3cret@h/d?pgbouncer=true",
        "DATABASE_URL has the parameter \"pgbouncer\", which Belay does not support: Belay needs the server's own address, not a pooler's")]
    [InlineData(
        "host=h dbname=d user=u hostaddr=10.0.0.1",
        "DATABASE_URL has the parameter \"hostaddr\", which Belay does not support: write the address as host")]
    [InlineData("host=h dbname=d user=u password='s3cret", "DATABASE_URL has a single quote that is not closed")]
    [InlineData(
        "host=h dbname=d user=u password=s3 cret",
        "DATABASE_URL is neither an address (postgresql://…) nor a list of name=value pairs: a value with spaces must stand in single "
            + "quotes")]
    [InlineData(
        "ho-st=db dbname=d user=u",
        "DATABASE_URL is neither an address (postgresql://…) nor a list of name=value pairs: a value with spaces must stand in single "
            + "quotes")]
    [InlineData(
        "db.example.com/shop",
        "DATABASE_URL is neither an address (postgresql://…) nor a list of name=value pairs: a value with spaces must stand in single "
            + "quotes")]
    [InlineData(
        "Host=h;Database=d;Username=u;Password=s3cret;Colour=blue", "DATABASE_URL has the parameter \"colour\", which Belay does not know")]
    [InlineData(
        "Host=h;Database=d;Username=u;Password=\"s3cret",
        "DATABASE_URL is not a list of Name=Value pairs with semicolons: put a value with ; or quotes into double quotes")]
    [InlineData(
        "Host=h;Database=d;Username=u;Password=s3cret;Check Certificate Revocation=true",
        "DATABASE_URL has the parameter \"sslcrl\", which Belay does not know")]
    public void Refuses_a_bad_address_without_repeating_it(string address, string expected)
    {
        var exception = Assert.Throws<SettingsException>(() => DatabaseUrl.Parse(address));

        Assert.Equal(expected, exception.Message);
        Assert.Equal("export DATABASE_URL=\"postgresql://user:password@host:port/database\"", exception.Hint);
        Assert.Equal(ExitCodes.Usage, exception.ExitCode);
        Assert.DoesNotContain("cret", exception.ToString(), StringComparison.Ordinal);
    }
}
