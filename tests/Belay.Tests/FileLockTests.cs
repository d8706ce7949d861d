namespace Belay.Tests;

public sealed class FileLockTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("belay-lock-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Is_taken_by_one_holder_at_a_time_and_free_after_it()
    {
        var path = Path.Combine(folder, "lock");
        using (FileLock.TryTake(path))
        {
            Assert.Null(FileLock.TryTake(path));
        }

        using var again = FileLock.TryTake(path);
        Assert.NotNull(again);
    }

    [Fact]
    public void Tells_a_folder_that_is_missing_from_a_lock_that_is_held()
        => Assert.Throws<DirectoryNotFoundException>(() => FileLock.TryTake(Path.Combine(folder, "missing", "lock")));

    [Fact]
    public async Task Is_waited_for_no_longer_than_patience()
    {
        using var held = FileLock.TryTake(Path.Combine(folder, "lock"));

        Assert.Null(await FileLock.TakeAsync(
            Path.Combine(folder, "lock"),
            new Polling(TimeProvider.System) { Patience = TimeSpan.Zero },
            Token));
    }
}
