using Belay.Retention;
using Belay.Storage;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Retention;

public sealed class UnfinishedUploadCleanupTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private readonly TestOutput output = new();
    private readonly UnfinishedUploads store = new()
    {
        Uploads =
        [
            new("app/20260308T120000Z-3f9c2a7d.dump.zst", "old", Now.AddDays(-2)),
            new("app/20260309T120000Z-3f9c2a7d.dump", "exactly a day", Now.AddDays(-1)),
            new("app/20260310T115900Z-3f9c2a7d.dump", "under way", Now.AddMinutes(-1)),
            new("films/holiday.mkv", "of another program", Now.AddDays(-9)),
        ],
    };

    [Fact]
    public async Task Removes_uploads_of_backups_that_began_more_than_a_day_ago()
    {
        await RunAsync(isDryRun: false);

        Assert.Equal(["old"], store.Aborted);
        Assert.Equal(
            ["Delete the parts of app/20260308T120000Z-3f9c2a7d.dump.zst: its upload began 2 d 0 h ago and never ended"], output.Lines);
        Assert.Empty(output.Warnings);
    }

    [Fact]
    public async Task Tells_the_same_in_a_dry_run_and_removes_nothing()
    {
        await RunAsync(isDryRun: true);

        Assert.Empty(store.Aborted);
        Assert.Single(output.Lines);
    }

    [Fact]
    public async Task Only_warns_when_the_store_cannot_list_them()
    {
        await new UnfinishedUploadCleanup(
            new UnfinishedUploads { Fault = new StoreException("Cannot list.") }, output, new FakeTimeProvider(Now))
                .RunAsync(isDryRun: false, Token);

        Assert.Equal(
            ["Parts of killed uploads may be left: Cannot list. A lifecycle rule AbortIncompleteMultipartUpload removes them."],
            output.Warnings);
    }

    private Task RunAsync(bool isDryRun) => new UnfinishedUploadCleanup(store, output, new FakeTimeProvider(Now)).RunAsync(isDryRun, Token);
}
