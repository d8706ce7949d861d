using Belay.Postgres;

namespace Belay.Tests.Postgres;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PostgresInstallationsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("belay-tools-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData("pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "15.18")]
    [InlineData("pg_dump (PostgreSQL) 9.6.24", "9.6.24")]
    [InlineData("pg_dump (PostgreSQL) 18beta1", "18beta1")]
    [InlineData("pg_dump: command not found", null)]
    public void Reads_the_version_out_of_the_programs_answer(string answer, string? version)
        => Assert.Equal(version, PostgresInstallations.VersionIn(answer));

    [Fact]
    public async Task Lists_the_newest_first_by_number_and_not_by_letter()
    {
        Install("9.6", "9.6.24");
        Install("15", "15.2");
        Install("15b", "15.18");
        Install("18", "18beta1");
        Assert.Equal(
            ["18beta1", "15.18", "15.2", "9.6.24"], (await FindAsync(new() { Families = [(root, "*")] })).Select(tools => tools.Version));
    }

    [Fact]
    public async Task Lists_the_chosen_one_first_whatever_its_version()
    {
        var chosen = Install("14", "14.1");
        Install("16", "16.2");
        Assert.Equal(
            ["14.1", "16.2"], (await FindAsync(new() { Chosen = chosen, Families = [(root, "*")] })).Select(tools => tools.Version));
    }

    [Fact]
    public async Task Follows_links_to_the_real_folder_and_lists_it_once()
    {
        var real = Install("15", "15.18", "initdb", "pg_ctl", "postgres");
        var links = Directory.CreateDirectory(Path.Combine(root, "links")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, "pg_dump"), Path.Combine("..", "15", "bin", "pg_dump"));
        Assert.Equal(
            [new PostgresTools(real, "15.18", HasServer: true)], await FindAsync(new() { Path = [links], Families = [(root, "15")] }));
    }

    [Fact]
    public async Task Passes_over_wrappers_broken_programs_and_relative_folders_of_PATH()
    {
        var wrapper = Path.Combine(Install("wrapper", "99.9"), "pg_wrapper");
        File.Move(Path.Combine(root, "wrapper", "bin", "pg_dump"), wrapper);
        File.CreateSymbolicLink(Path.Combine(root, "wrapper", "bin", "pg_dump"), wrapper);
        Directory.CreateDirectory(Path.Combine(root, "broken", "bin"));
        await File.WriteAllTextAsync(
            Path.Combine(root, "broken", "bin", "pg_dump"), "not a program", Token);
        Assert.Empty(await FindAsync(new() { Path = [".", ""], Families = [(root, "*")] }));
    }

    private static Task<IReadOnlyList<PostgresTools>> FindAsync(PostgresSearch search)
        => PostgresInstallations.FindAsync(search, Token);

    private string Install(string name, string version, params string[] more)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, name, "bin")).FullName;
        foreach (var program in more.Prepend("pg_dump"))
        {
            var path = Path.Combine(folder, program);
            File.WriteAllText(path, $"#!/bin/sh\necho '{program} (PostgreSQL) {version}'\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        return folder;
    }
}
