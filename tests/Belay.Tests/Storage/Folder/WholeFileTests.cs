using Belay.Storage.Folder;

namespace Belay.Tests.Storage.Folder;

public sealed class WholeFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("belay-whole").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Writes_a_text_over_the_one_before()
    {
        var path = Path.Combine(folder, "one.json");
        await WholeFile.WriteAsync(path, "first", Token);

        await WholeFile.WriteAsync(path, "second", Token);

        Assert.Equal("second", await File.ReadAllTextAsync(path, Token));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task Leaves_nothing_beside_what_it_could_not_replace()
    {
        var path = Directory.CreateDirectory(Path.Combine(folder, "one.json")).FullName;

        await Assert.ThrowsAnyAsync<SystemException>(() => WholeFile.WriteAsync(path, "text", Token));

        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    }
}
