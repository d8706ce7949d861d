using System.Net;
using System.Text;
using Build.Tests.Support;

namespace Build.Tests.Releases;

public sealed class HarmlessOutputTests(ReleaseWorld world)
{
    private const string Command = "::set-env name=PATH::/evil";

    [Fact]
    public async Task A_login_that_echoes_the_environment_shows_no_secret()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var address = release.Environment["DATABASE_URL"]!;
        var password = address.Split(':', '@')[2];
        using var login = EchoingLogin.Start(
            $"{address} {Convert.ToBase64String(Encoding.UTF8.GetBytes(password))} {Uri.HexEscape(password[0])}{password[1..]}");

        var outcome = await release.BuildAsync(
            new Dictionary<string, string?> { ["SMOKE_URL"] = login.Url }, "SmokeTest", "--smoke-deadline", "10s");

        outcome.MustExitWith(9).MustPrint("500 *** *** ***").MustNotPrint(password[1..]);
        Assert.DoesNotContain(Written(release), text => text.Contains(password[1..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_server_and_a_migrator_print_steers_neither_terminal_nor_service()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await File.WriteAllTextAsync(
            Path.Combine(release.Migrations, "0002_evil.sql"),
            $"DO $$ BEGIN RAISE NOTICE E'noticed\\n{Command}\\x1b[2J\\r##vso[task.complete]\\u202e'; RAISE EXCEPTION "
                + $"E'failed\\n{Command}\\x1b[2J##vso[task.complete]'; END $$;",
            Token);
        var summary = new Dictionary<string, string?>
        {
            ["GITHUB_STEP_SUMMARY"] = Path.Combine(release.Root, "artifacts", "summary.md"),
            ["SMOKE_PASSWORD_OF_OTHERS"] = "x",
        };

        var failed = await release.BuildAsync(summary, "Migrate", "--verbosity", "verbose");
        var migrated = await release.BuildAsync(
            summary,
            "Migrate",
            "--migrator",
            $"sh -c 'printf \"\\033[2J{Command}\\n  {Command}\\n##vso[task.complete]\\n\"; echo \"$DATABASE_URL\" | base64; echo "
                + $"\"${{SMOKE_PASSWORD_OF_OTHERS:-none}}\"'");

        failed.MustExitWith(6).MustPrint($"\n: {Command[1..]}\\x1b[2J").MustPrint("##vso [task.complete]\\u202e");
        migrated.MustExitWith(0)
            .MustPrint($"\n\\x1b[2J{Command}\n  : {Command[1..]}\n")
            .MustPrint("##vso [task.complete]")
            .MustPrint("\nnone\n")
            .MustPrint("\nNothing changed").MustPrint("Release completed: the migrator changed nothing").MustNotPrint("SUCCESS");
        Assert.All([failed.Output, migrated.Output, .. Written(release)], MustSteerNothing);
        var password = release.Environment["DATABASE_URL"]!.Split(':', '@')[2];
        migrated.MustNotPrint(Convert.ToBase64String(Encoding.UTF8.GetBytes(password))[4..20]);
    }

    [Fact]
    public async Task No_colours_are_printed_into_a_file_or_a_pipe()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var terminal = new Dictionary<string, string?> { ["TERM"] = "xterm-256color" };

        var outcome = await release.BuildAsync(terminal, "Status");

        outcome.MustExitWith(0).MustPrint("══ Status\n");
        MustSteerNothing(outcome.Output);
    }

    private static IEnumerable<string> Written(ReleaseUnderTest release)
        => Directory.EnumerateFiles(Path.Combine(release.Root, "artifacts"), "*", SearchOption.AllDirectories).Select(File.ReadAllText);

    private static void MustSteerNothing(string text)
    {
        Assert.DoesNotContain(text, character => char.IsControl(character) && character is not ('\n' or '\t'));
        Assert.DoesNotContain("##vso[", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Split('\n'), line => line.TrimStart().StartsWith("::", StringComparison.Ordinal));
    }

    /// <summary>A login that answers every request with 500 and a text.</summary>
    private sealed class EchoingLogin : IDisposable
    {
        private readonly HttpListener listener = new();
        private readonly byte[] body;

        private EchoingLogin(string text, int port)
        {
            body = Encoding.UTF8.GetBytes(text);
            Url = $"http://127.0.0.1:{port}/login";
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        }

        public string Url { get; }

        public static EchoingLogin Start(string text)
        {
            var login = new EchoingLogin(text, Belay.Servers.FreePort.Next());
            login.listener.Start();
            login.Answer();
            return login;
        }

        public void Dispose() => listener.Close();

        private void Answer() => listener.BeginGetContext(
            result =>
            {
                if (listener.IsListening)
                {
                    var response = listener.EndGetContext(result).Response;
                    response.StatusCode = 500;
                    response.Close(body, willBlock: true);
                    Answer();
                }
            },
            null);
    }
}
