using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class ChildEnvironmentTests
{
    [Theory]
    [InlineData("PATH", true)]
    [InlineData("HOME", true)]
    [InlineData("LC_MESSAGES", true)]
    [InlineData("TZ", true)]
    [InlineData("PGPASSWORD", true)]
    [InlineData("PGPASSFILE", true)]
    [InlineData("KRB5CCNAME", true)]
    [InlineData("DATABASE_URL", false)]
    [InlineData("BACKUP_STORE", false)]
    [InlineData("BACKUP_KEY", false)]
    [InlineData("RECORD_KEY", false)]
    [InlineData("WEBHOOK_URL", false)]
    [InlineData("SMOKE_PASSWORD", false)]
    [InlineData("AWS_SECRET_ACCESS_KEY", false)]
    [InlineData("AZURE_CLIENT_SECRET", false)]
    [InlineData("GITHUB_TOKEN", false)]
    [InlineData("PGOPTIONS", false)]
    public void Gives_a_program_of_PostgreSQL_what_it_needs_and_no_more(string name, bool isGiven)
        => Assert.Equal(isGiven, ChildEnvironment.IsNeeded(name));

    [Theory]
    [InlineData("PATH HOME USER LOGNAME SHELL PWD TMPDIR TEMP TMP LANG LANGUAGE TZ TZDIR TERM PG_COLOR")]
    [InlineData("LD_LIBRARY_PATH DYLD_LIBRARY_PATH DYLD_FALLBACK_LIBRARY_PATH XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_CACHE_HOME")]
    [InlineData("SSL_CERT_FILE SSL_CERT_DIR OPENSSL_CONF OPENSSL_MODULES KRB5CCNAME KRB5_CONFIG KRB5_CLIENT_KTNAME")]
    [InlineData("SystemRoot SystemDrive windir ComSpec PATHEXT USERPROFILE USERNAME APPDATA LOCALAPPDATA ProgramData")]
    [InlineData("ProgramFiles ProgramFiles(x86) CommonProgramFiles PROCESSOR_ARCHITECTURE NUMBER_OF_PROCESSORS")]
    public void Gives_every_program_what_it_needs_to_run_at_all(string names)
        => Assert.All(names.Split(' '), name => Assert.True(ChildEnvironment.IsNeeded(name)));

    [Theory]
    [InlineData("BACKUP_STORE", true)]
    [InlineData("BACKUP_KEY_FILE", true)]
    [InlineData("RECORD_KEY", true)]
    [InlineData("SMOKE_PASSWORD", true)]
    [InlineData("AWS_PROFILE", true)]
    [InlineData("AZURE_STORAGE_CONNECTION_STRING", true)]
    [InlineData("ACTIONS_ID_TOKEN_REQUEST_TOKEN", true)]
    [InlineData("DATABASE_URL", true)]
    [InlineData("JAVA_HOME", false)]
    [InlineData("HTTPS_PROXY", false)]
    [InlineData("DJANGO_SETTINGS_MODULE", false)]
    public void Keeps_stores_keys_and_the_login_from_the_program_of_another(string name, bool isWithheld)
        => Assert.Equal(isWithheld, ChildEnvironment.IsOwn(name));

    [Fact]
    public void Takes_away_what_this_process_has_and_sets_what_the_caller_says()
    {
        Environment.SetEnvironmentVariable("AWS_OF_A_BELAY_TEST", "x");

        var program = ChildEnvironment.Only(new Dictionary<string, string?> { ["LC_ALL"] = "C", ["PGHOST"] = "db" });
        var migrator = ChildEnvironment.WithoutOwn(new Dictionary<string, string?> { ["DATABASE_URL"] = "address" });

        Assert.Equal((null, "C", "db"), (program["AWS_OF_A_BELAY_TEST"], program["LC_ALL"], program["PGHOST"]));
        Assert.Equal((null, "address"), (migrator["AWS_OF_A_BELAY_TEST"], migrator["DATABASE_URL"]));
        Assert.DoesNotContain("PATH", program);
    }

    [Fact]
    public void Gives_a_child_the_caller_s_variables_besides()
    {
        Environment.SetEnvironmentVariable("AWS_OF_A_BELAY_TEST", "x");
        var variables = new Dictionary<string, string?> { ["LC_ALL"] = "C" };

        foreach (var command in new[] { ChildEnvironment.Program("psql", variables), ChildEnvironment.Guest("npm", variables) })
        {
            Assert.Equal((null, "C"), (command.EnvironmentVariables["AWS_OF_A_BELAY_TEST"], command.EnvironmentVariables["LC_ALL"]));
        }
    }

    [Fact]
    public void Starts_every_child_of_the_library_with_a_chosen_environment()
    {
        var sources = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src"));
        var starters = Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("Cli.Wrap(", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(sources, file))
            .Order();

        Assert.Equal(
            ["Belay/Migrators/MigratorProcess.cs", "Belay/Servers/ServiceAccount.cs", "Belay/Settings/ChildEnvironment.cs"],
            starters.Select(file => file.Replace('\\', '/')));
    }
}
