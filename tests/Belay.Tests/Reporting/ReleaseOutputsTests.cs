using Belay.Reporting;
using Belay.Settings;

namespace Belay.Tests.Reporting;

public sealed class ReleaseOutputsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belay-outputs-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Appends_the_outcome_to_GitHubs_file_and_to_the_named_one()
    {
        var step = Path.Combine(folder.FullName, "step");
        await File.WriteAllTextAsync(step, "before=1\n", Token);

        await WriteAsync(Records.Succeeded(), ("GITHUB_OUTPUT", step), ("RELEASE_OUTPUTS", "artifacts/belay.env"));

        const string Lines = """
            belay_backup_id=20251012T103000Z-1a2b3c
            belay_record=/shop/artifacts/release.json
            belay_applied=1
            belay_outcome=succeeded

            """;
        Assert.Equal("before=1\n" + Lines, await ReadAsync(step));
        Assert.Equal(Lines, await ReadAsync(Path.Combine(folder.FullName, "artifacts", "belay.env")));
    }

    [Fact]
    public async Task Writes_nothing_where_no_file_is_named()
    {
        await WriteAsync(Records.Succeeded(), ("GITHUB_OUTPUT", ""), ("RELEASE_OUTPUTS", " "));

        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void Says_of_a_release_without_a_backup_that_there_is_none()
        => Assert.Equal(
            ["belay_backup_id=", "belay_record=/a/b.json", "belay_applied=0", "belay_outcome=failed"],
            ReleaseOutputs.Lines(Records.Failed() with { Backup = null }, "/a/b.json"));

    [Theory]
    [InlineData("a\nGITHUB_TOKEN=stolen", "a GITHUB_TOKEN=stolen")]
    [InlineData("before\r\nafter", "before after")]
    [InlineData("before\rafter\n", @"before\x0dafter")]
    [InlineData("before\u2028after", @"before\u2028after")]
    [InlineData("before\u0085after\u001b[1m", @"before\x85after\x1b[1m")]
    public void Lets_no_value_set_a_variable_of_its_own(string id, string expected)
    {
        var record = Records.Succeeded() with { Backup = Records.Succeeded().Backup! with { Id = id } };

        var lines = ReleaseOutputs.Lines(record, "/a/\nb=c");

        Assert.Equal($"belay_backup_id={expected}", lines[0]);
        Assert.Equal("belay_record=/a/ b=c", lines[1]);
    }

    [Fact]
    public void Masks_a_secret()
    {
        _ = new Secret("hidden-in-a-path");

        Assert.Equal("belay_record=/***/r.json", ReleaseOutputs.Lines(Records.Succeeded(), "/hidden-in-a-path/r.json")[1]);
    }

    private Task WriteAsync(ReleaseRecord record, params (string Name, string Value)[] variables)
        => new ReleaseOutputs(new SettingsInput
        {
            RootFolder = folder.FullName,
            Environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value),
        }).WriteAsync(record, "/shop/artifacts/release.json", Token);

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(path, Token);
}
