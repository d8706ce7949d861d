using System.Reflection;
using Belay.Postgres;
using Build.Tests.Support;
using Xunit.v3;

namespace Build.Tests.Docs;

/// <summary>Types the commands of one place of a page, as they stand there, in a release's folder.</summary>
internal sealed class Walk
{
    private readonly Queue<string> commands;
    private readonly List<string> kept = [];
    private readonly Dictionary<string, string> words = [];

    private Walk(ReleaseUnderTest release, IEnumerable<string> commands)
    {
        Release = release;
        this.commands = new Queue<string>(commands);
        words["<database>"] = release.Database;
    }

    /// <summary>The release that is walked.</summary>
    public ReleaseUnderTest Release { get; }

    /// <summary>Variables of the shell besides those of the release.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>What the release's folder is called, or a folder in it, where the commands are typed.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Makes a release with the database's superuser at hand, walks the place that the running test is marked with, and demands
    /// that no command was left out.</summary>
    public static async Task RunAsync(ReleaseWorld world, Func<Walk, Task> walker)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The commands are those of a shell.");
        var test = (IXunitTestMethod)TestContext.Current.TestMethod!;
        var place = test.Method.GetCustomAttribute<WalksAttribute>()!;
        await using var release = await world.NewReleaseAsync(Token);
        var script = Path.Combine(release.Root, "build.sh");
        await File.WriteAllTextAsync(script, $"#!/bin/sh\nexec '{Repository.BuildScript}' \"$@\"\n", Token);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var walk = new Walk(release, DocumentPage.Commands(place.Page)[place.Place]);
        walk.ConnectTo(world.Server);
        await walker(walk);
        Assert.Empty(walk.commands);
    }

    /// <summary>Names the server that psql and its like reach.</summary>
    public void ConnectTo(Belay.Servers.PostgresServer server)
    {
        var target = server.Target("postgres");
        Environment["PATH"] = $"{server.Tools.Folder}:{System.Environment.GetEnvironmentVariable("PATH")}";
        (Environment["PGHOST"], Environment["PGPORT"]) = (target.Hosts[0].Name, $"{target.Hosts[0].Port}");
        (Environment["PGUSER"], Environment["PGPASSWORD"]) = (target.Username, target.Password!.Reveal());
    }

    /// <summary>The address of the release's database for the superuser of a server.</summary>
    public string AsSuperuser(Belay.Servers.PostgresServer server)
    {
        var target = server.Target(Release.Database);
        return $"postgresql://{target.Username}:{target.Password!.Reveal()}@127.0.0.1:{server.Port}/{target.Database}";
    }

    /// <summary>Writes one of the release's migrations.</summary>
    public Task WriteAsync(string file, string text)
        => File.WriteAllTextAsync(Path.Combine(Release.Migrations, file), text + "\n", Token);

    /// <summary>Runs statements as the superuser, each in a transaction of its own, in one session.</summary>
    public async Task ExecuteSinglyAsync(params string[] statements)
    {
        await using var connection = await Release.OpenAsync();
        foreach (var statement in statements)
        {
            await connection.ExecuteAsync(statement, Token);
        }
    }

    /// <summary>The id of the newest backup in the release's folder.</summary>
    public string NewestId() => Release.NewestBackup;

    /// <summary>Whether the database has a relation of this name.</summary>
    public async Task<bool> HasAsync(string relation) => await Release.ScalarAsync($"SELECT to_regclass('{relation}') IS NOT NULL") is true;

    /// <summary>Says what stands for a placeholder or an example in the commands that follow.</summary>
    public void Fill(string example, string value) => words[example] = value;

    /// <summary>Takes the page's next command, which must be this one, with what was filled in, and does not type it.</summary>
    public string Take(string expected)
    {
        Assert.True(commands.TryDequeue(out var next), $"the page has no command after those that were typed; expected was {expected}");
        Assert.Equal(expected, next);
        return words.Aggregate(next, (text, word) => text.Replace(word.Key, word.Value, StringComparison.Ordinal));
    }

    /// <summary>Types the page's next command, which must be this one.</summary>
    public Task<BuildOutcome> TypeAsync(string expected) => ShellAsync(Take(expected));

    /// <summary>Types a command, in the shell in which <c>cd</c> and <c>export</c> were typed before.</summary>
    public async Task<BuildOutcome> ShellAsync(string command)
    {
        var text = string.Join('\n', [.. kept, command]);
        if (command.StartsWith("export ", StringComparison.Ordinal))
        {
            kept.Add(command);
        }

        using var running = RunningBuild.Start(new BuildCommand
        {
            Script = "bash",
            Arguments = ["-euo", "pipefail", "-c", text],
            Folder = Path.Combine(Release.Root, Folder),
            Environment = new Dictionary<string, string?>(
                [.. Release.Environment.Where(variable => !Environment.ContainsKey(variable.Key)), .. Environment]),
        });
        return await running.EndAsync(Token);
    }
}
