using System.Runtime.Versioning;
using Belay.Backups.Compression;
using Belay.Backups.Taking;
using Belay.Postgres;
using Belay.Tests.Support;

namespace Belay.Tests.Backups.Taking;

public sealed class CodecChoiceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("belay-codec-").FullName;
    private readonly TestOutput output = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(null, "zstd:1", "-Z0")]
    [InlineData("zstd:3", "zstd:3", "-Z0")]
    [InlineData("gzip", "gzip:6", "-Z0")]
    [InlineData("native:4", "native:4", "-Z4")]
    [InlineData("native", "native", "")]
    [InlineData("none", "none", "-Z0")]
    public async Task Asks_pg_dump_for_nothing_when_it_compresses_outside_or_as_it_always_did(
        string? wanted, string chosen, string arguments)
    {
        var codec = await ChooseAsync(wanted, "15.18");
        Assert.Equal(chosen, codec.ToString());
        Assert.Equal(arguments, string.Join(' ', codec.DumpArguments));
        Assert.Empty(output.Warnings);
    }

    [Fact]
    public async Task Compresses_outside_an_older_pg_dump_and_says_so()
    {
        Assert.Equal("zstd:3", (await ChooseAsync("native:zstd:3", "15.18")).ToString());
        Assert.Equal(
            ["pg_dump 15.18 has no zstd, which came with PostgreSQL 16; zstd:3 compresses outside pg_dump instead."], output.Warnings);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Uses_pg_dumps_own_zstd_when_it_gets_as_far_as_the_connection()
    {
        Program("pg_dump: error: connection to server on socket \"/nonexistent/.s.PGSQL.5432\" failed: No such file or directory");
        var codec = await ChooseAsync("native:zstd:3", "16.4");
        Assert.Equal("native:zstd:3", codec.ToString());
        Assert.Equal(["--compress=zstd:3"], codec.DumpArguments);
        Assert.Equal(".dump", codec.Extension);
        Assert.Empty(output.Warnings);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Compresses_outside_a_pg_dump_built_without_zstd_and_says_so()
    {
        Program("pg_dump: error: this build does not support compression with zstd");
        Assert.Equal("zstd:1", (await ChooseAsync("native:zstd", "17.2")).ToString());
        Assert.Equal(["pg_dump 17.2 was built without zstd; zstd:1 compresses outside pg_dump instead."], output.Warnings);
    }

    private Task<DumpCodec> ChooseAsync(string? wanted, string version)
        => CodecChoice.MakeAsync(
            wanted, new PostgresTools(folder, version, HasServer: false), output, Token);

    /// <summary>A pg_dump that ends as a real one does for an option it lacks, or for a server that is not there.</summary>
    [UnsupportedOSPlatform("windows")]
    private void Program(string error)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A script stands in for pg_dump.");
        var path = Path.Combine(folder, "pg_dump");
        File.WriteAllText(path, $"#!/bin/sh\necho '{error}' >&2\nexit 1\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
