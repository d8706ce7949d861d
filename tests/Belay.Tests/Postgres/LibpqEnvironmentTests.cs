using Belay.Postgres;
using Belay.Settings;

namespace Belay.Tests.Postgres;

public sealed class LibpqEnvironmentTests
{
    [Fact]
    public async Task Names_hosts_database_user_and_options_but_never_the_password()
    {
        var target = DatabaseUrl.Parse(
            "postgresql://ann:hidden-word@h1:5432,[::1]:5433/shop?sslmode=require&options=-cx%3Dy&connect_timeout=5&"
                + "target_session_attrs=read-write");

        await using var environment = await LibpqEnvironment.CreateAsync(target, "belay backup", Token);

        var set = environment.Variables.Where(variable => variable.Value is not null)
            .ToDictionary(variable => variable.Key, variable => variable.Value);
        Assert.True(File.Exists(set["PGPASSFILE"]));
        set.Remove("PGPASSFILE");
        Assert.Equal(
            "PGAPPNAME=belay backup PGCONNECT_TIMEOUT=5 PGDATABASE=shop PGHOST=h1,::1 PGOPTIONS=-cx=y PGPORT=5432,5433 PGSSLMODE=require "
                + "PGTARGETSESSIONATTRS=read-write PGUSER=ann",
            string.Join(
                ' ', set.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => $"{variable.Key}={variable.Value}")));
    }

    [Theory]
    [InlineData("shop", "dbname='shop'")]
    [InlineData("host=other dbname=shop", "dbname='host=other dbname=shop'")]
    [InlineData(@"o'clock\", @"dbname='o\'clock\\'")]
    public void Writes_a_database_s_name_so_that_nothing_else_can_be_read_in_it(string name, string expected)
        => Assert.Equal(expected, LibpqEnvironment.NameOf(DatabaseUrl.Parse("postgresql://u@h/d") with { Database = name }));

    [Fact]
    public async Task Takes_every_other_variable_of_libpq_away()
    {
        await using var environment = await LibpqEnvironment.CreateAsync(
            DatabaseUrl.Parse("postgresql://u:word-1@h/d"), "belay test", Token);

        Assert.All(
            ["PGHOSTADDR", "PGSERVICE", "PGSSLMODE", "PGOPTIONS", "PGPASSWORD", "PGTZ", "PGREQUIREAUTH"],
            name => Assert.Null(Assert.Contains(name, environment.Variables)));
    }

    [Fact]
    public async Task Leaves_the_user_s_own_password_file_in_place_without_a_password()
    {
        await using var environment = await LibpqEnvironment.CreateAsync(
            DatabaseUrl.Parse("postgresql://u@h/d"), "belay test", Token);

        Assert.DoesNotContain("PGPASSFILE", environment.Variables);
        Assert.DoesNotContain("PGPASSWORD", environment.Variables);
    }

    [Fact]
    public async Task Uses_the_password_file_that_the_address_names()
    {
        await using var environment = await LibpqEnvironment.CreateAsync(
            DatabaseUrl.Parse("postgresql://u@h/d?passfile=/x/pass"), "belay test", Token);

        Assert.Equal("/x/pass", environment.Variables["PGPASSFILE"]);
    }
}
