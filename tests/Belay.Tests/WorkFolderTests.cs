
namespace Belay.Tests;

public sealed class WorkFolderTests : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("belay-work-").FullName;

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Fact]
    public void Removes_what_a_killed_run_left_and_nothing_of_one_that_lives()
    {
        var left = Directory.CreateDirectory(Path.Combine(parent, "belay-dump-left"));
        File.WriteAllText(Path.Combine(left.FullName, "lock"), "");
        File.WriteAllText(Path.Combine(left.FullName, "toc.dat"), "half");
        var foreign = Directory.CreateDirectory(Path.Combine(parent, "belay-dumps"));
        using var living = WorkFolder.Create(parent, WorkFolder.DumpPrefix);
        Assert.False(left.Exists && Directory.Exists(left.FullName));
        using (var other = WorkFolder.Create(parent, WorkFolder.DumpPrefix))
        {
            Assert.True(Directory.Exists(Path.GetDirectoryName(living.PathOf("dump"))));
            Assert.Equal(3, Directory.EnumerateDirectories(parent).Count());
        }

        Assert.Equal(2, Directory.EnumerateDirectories(parent).Count());
        Assert.True(Directory.Exists(foreign.FullName));
    }

    [Fact]
    public async Task Makes_a_file_that_is_not_there_and_none_over_another()
    {
        using var folder = WorkFolder.Create(parent, WorkFolder.DumpPrefix);
        await using (var file = folder.NewFile("archive"))
        {
            file.Write("kept"u8);
        }

        Assert.Throws<IOException>(() => folder.NewFile("archive"));
        Assert.Equal("kept", await File.ReadAllTextAsync(folder.PathOf("archive"), TestContext.Current.CancellationToken));
    }
}
