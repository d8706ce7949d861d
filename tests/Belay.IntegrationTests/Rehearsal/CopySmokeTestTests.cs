using Belay.Backups;
using Belay.Backups.Taking;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Local;
using Belay.Rehearsal;
using Belay.Settings;
using Belay.SmokeTests;
using LoginApi;

namespace Belay.IntegrationTests.Rehearsal;

public sealed class CopySmokeTestTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    /// <summary>The sample's API as a command, which reads an address in Npgsql's form.</summary>
    private static readonly string Api =
        $"sh -c 'LOGIN_API_DATABASE=$DATABASE_URL LOGIN_API_JWT_KEY={new string('k', 64)} LOGIN_API_HASH_ITERATIONS=1000 "
            + $"LOGIN_API_URL=http://127.0.0.1:$PORT exec dotnet {typeof(LoginApiApplication).Assembly.Location}'";

    private static readonly SmokeSettings Smoke = new()
    {
        Url = new Uri($"https://api.example.com{LoginApiApplication.LoginPath}"),
        Username = SampleSchema.Username,
        Password = new Secret(SampleSchema.Password),
        Deadline = TimeSpan.FromSeconds(30),
    };

    private readonly string mark = $"BELAY_TEST_{Guid.NewGuid():N}";
    private BackupBench backups = null!;

    protected override async Task PrepareAsync()
    {
        backups = new BackupBench(Postgres.Tools);
        await Database.ExecuteAsync(
            await File.ReadAllTextAsync(Path.Combine(TestFolder.Checkout, "src", "Belay.Local", "SampleSchema.sql"), Token), Token);
    }

    public override async ValueTask DisposeAsync()
    {
        backups.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task The_application_that_a_command_starts_is_logged_in_to_on_the_copy()
    {
        Bench.WriteGuide();

        var report = await RehearseAsync(Api, Smoke);

        Assert.Equal($"{RehearsedName(Api)} on the copy: login 200 with a valid token, with a wrong password 401", report.Lines[^1]);
        Assert.Equal(0L, await Database.ScalarAsync("SELECT count(*) FROM pg_attribute WHERE attname = 'max_reports'", Token));
        Assert.Empty(Directory.EnumerateDirectories(backups.ScratchFolder));
    }

    [Fact]
    public async Task Further_tests_of_the_same_application_follow_on_the_copy_and_those_of_another_are_said_to_be_untried()
    {
        Bench.WriteGuide();
        var health = Smoke with { Name = "health", Mode = SmokeMode.Health, Status = 405 };
        var elsewhere = Smoke with { Name = "admin", Url = new Uri("https://admin.example.com/login") };

        var report = await RehearseAsync(Api, Smoke with { Further = [health, elsewhere] });

        Assert.EndsWith(
            " on the copy: health 405 as expected; nobody logged in; admin not tried on the copy",
            report.Lines[^1],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/auth/login", "testpass", "SELECT 1;", "500 column user.clear_previous_anomalies does not exist")]
    [InlineData("/api/v2/login", "testpass", null, ": 404")]
    [InlineData("/api/v1/auth/login", "wrong-password-of-a-test", null, ": 401 invalid username or password")]
    public async Task A_login_that_will_fail_fails_on_the_copy_first(string path, string password, string? script, string expected)
    {
        if (script is null)
        {
            Bench.WriteGuide();
        }
        else
        {
            Bench.Write("1_nothing.sql", script);
        }

        var refusal = await RefuseAsync(
            Api, Smoke with { Url = new Uri(Smoke.Url, path), Password = new Secret(password), Deadline = TimeSpan.FromSeconds(10) });

        Assert.StartsWith("The rehearsal failed on a copy restored from backup ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"{path} as \"testuser\" failed after ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("then ./build.sh Rehearse", refusal.Hint, StringComparison.Ordinal);
        Assert.Equal(11, refusal.ExitCode);
    }

    [Fact]
    public async Task A_test_s_exit_code_is_what_counts_and_it_knows_the_copy_and_nothing_else()
    {
        Bench.Write("1_a.sql", "CREATE TABLE made AS SELECT 'of the copy'::text AS word;");
        Environment.SetEnvironmentVariable(mark, "not for the command");
        Environment.SetEnvironmentVariable("PGSERVICE", "production");
        try
        {
            var report = await RehearseAsync(
                $"sh -c 'test -z \"${mark}\" && test -z \"$PGSERVICE\" && test \"$SMOKE_USERNAME\" = testuser && echo \"$SMOKE_URL\" && "
                    + $"{Postgres.Tools.PathOf("psql")} -XAtc \"SELECT word FROM made\" && "
                    + $"{Postgres.Tools.PathOf("psql")} -XAtc \"SELECT 2\" \"$DATABASE_URL\" && echo ::error::x'",
                Smoke,
                "postgresql://other@production/x");

            Assert.EndsWith("on the copy: it ended with exit code 0; nobody logged in", report.Lines[^1], StringComparison.Ordinal);
            Assert.Contains("      copy: of the copy", backups.Output.Lines);
            Assert.Contains("      copy: 2", backups.Output.Lines);
            Assert.Contains(
                backups.Output.Lines, line => line.StartsWith("      copy: http://127.0.0.1:", StringComparison.Ordinal)
                    && line.EndsWith(LoginApiApplication.LoginPath, StringComparison.Ordinal));
            Assert.DoesNotContain("::error::", backups.Output.Text, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(mark, null);
            Environment.SetEnvironmentVariable("PGSERVICE", null);
        }
    }

    [Theory]
    [InlineData("GRANT SELECT ON made TO", true)]
    [InlineData("REVOKE SELECT ON made FROM", false)]
    public async Task A_command_has_the_rights_of_its_role_in_production_and_no_more(string right, bool passes)
    {
        var (web, group) = ((await Database.CreateRoleAsync(Token)).Username, (await Database.CreateRoleAsync(Token)).Username);
        await Database.ExecuteAsync(
            $"""
            GRANT {group} TO {web};
            ALTER ROLE {web} SET search_path = app, public;
            CREATE SCHEMA app;
            CREATE TABLE app.item AS SELECT i AS id FROM generate_series(1, 9) i;
            ALTER TABLE app.item ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own ON app.item USING (id <= 4);
            GRANT USAGE ON SCHEMA app TO {group};
            GRANT SELECT ON app.item TO {group};
            """,
            Token);
        Bench.Write("1_a.sql", $"CREATE TABLE made AS SELECT 1 AS one; {right} {group};");
        await using var connection = await Database.OpenAsync(Token);
        var live = await LiveRole.ReadAsync(connection, web, Token);
        var psql = Postgres.Tools.PathOf("psql");
        var runner = Runner(
            $"sh -c '{psql} -XAtc \"SELECT count(*) || current_user FROM item\" && {psql} -XAtc \"SELECT one FROM made\"'", null,
            TimeSpan.FromMinutes(2), live);
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());

        var failure = await Record.ExceptionAsync(() => runner.RunAsync(manifest, Database.Target, Files, Token));

        Assert.Contains($"      copy: 4{web}", backups.Output.Lines);
        if (passes)
        {
            Assert.Null(failure);
        }
        else
        {
            Assert.Contains(
                "permission denied for table made", Assert.IsType<RehearsalException>(failure).Message, StringComparison.Ordinal);
        }

        await Database.ExecuteAsync($"DROP OWNED BY {web}, {group} CASCADE", Token);
    }

    [Theory]
    [InlineData("sh -c 'echo one; echo two >&2; exit 3'", "ended with exit code 3")]
    [InlineData("no-such-program-of-a-test", "ended with exit code 127")]
    public async Task A_test_that_fails_is_a_refusal_with_its_last_words(string command, string expected)
    {
        Bench.Write("1_a.sql", "SELECT 1;");

        var refusal = await RefuseAsync(command, null);

        var name = RehearsedName(command);
        Assert.Contains($"\n{name} {expected}\nThe last that {name} said:\n  ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_neither_serves_nor_ends_is_ended_with_all_that_it_started()
    {
        Bench.Write("1_a.sql", "SELECT 1;");

        var refusal = await RefuseAsync(
            $"sh -c 'trap \"\" TERM; {mark}=1 setsid sleep 8641 & sleep 8642 & {mark}=2; export {mark}; sleep 8643'",
            Smoke with { Deadline = TimeSpan.FromSeconds(1) },
            TimeSpan.FromSeconds(1));

        Assert.Contains("still ran after 1.0 s, and there was no answer: Connection refused", refusal.Message, StringComparison.Ordinal);
        AssertNothingRuns();
    }

    [Fact]
    public async Task A_cancelled_rehearsal_ends_the_command_and_the_server()
    {
        Bench.Write("1_a.sql", "SELECT 1;");
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());
        using var cancellation = new CancellationTokenSource();

        var running = Runner($"sh -c '{mark}=1 setsid sleep 8644 & echo started; {mark}=2 sleep 8645'", null, TimeSpan.FromMinutes(5))
            .RunAsync(manifest, Database.Target, Files, cancellation.Token);
        await MigrationBench.WaitForAsync(() => backups.Output.Lines.Contains("      copy: started"), "the command's first words");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        AssertNothingRuns();
        Assert.Empty(Directory.EnumerateDirectories(backups.ScratchFolder));
    }

    private void AssertNothingRuns() => Assert.DoesNotContain(ProcessFolder.Ids(), id => ProcessFolder.Variable(id, mark) is not null);

    /// <summary>The command as people read it.</summary>
    private static string RehearsedName(string command)
        => string.Join(' ', Words(command).Select(word => word.Any(char.IsWhiteSpace) ? $"'{word}'" : word));

    private static IReadOnlyList<string> Words(string command) => RehearsalParameters.SmokeCommand.Reader(command)!.Value!;

    private IReadOnlyList<Sql.Migration> Files => MigrationFolder.Read(Bench.Settings.Folder, Bench.Settings.Layout);

    private RehearsalRunner Runner(string command, SmokeSettings? smoke, TimeSpan limit, LiveRole? role = null)
        => new(backups.Store, Postgres.Tools, backups.Output, TimeProvider.System)
        {
            ScratchFolder = backups.ScratchFolder,
            Settings = Bench.Settings,
            LiveRole = role,
            Application = new TriedApplication
            {
                Role = role?.Name,
                Smoke = smoke,
                Command = Words(command),
                CommandTimeout = limit,
            },
        };

    private async Task<RehearsalReport> RehearseAsync(string command, SmokeSettings? smoke, string model = "Host=x;Database=y")
    {
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());
        var release = Database.Target with { Address = new Secret(model) };
        return (await Runner(command, smoke, TimeSpan.FromMinutes(2)).RunAsync(manifest, release, Files, Token)).Report;
    }

    private Task<RehearsalException> RefuseAsync(string command, SmokeSettings? smoke)
        => RefuseAsync(command, smoke, TimeSpan.FromMinutes(2));

    private async Task<RehearsalException> RefuseAsync(string command, SmokeSettings? smoke, TimeSpan limit)
    {
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());
        var release = Database.Target with { Address = new Secret("Host=x;Database=y") };
        return await Assert.ThrowsAsync<RehearsalException>(
            () => Runner(command, smoke, limit).RunAsync(manifest, release, Files, Token));
    }
}
