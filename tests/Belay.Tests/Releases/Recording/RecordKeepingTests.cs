using System.Text.Json;
using Belay.Releases.Recording;
using Belay.Reporting;
using Belay.Reporting.Chain;
using Belay.Storage;
using Belay.Tests.Reporting;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Releases.Recording;

public sealed class RecordKeepingTests : IDisposable
{
    private readonly string folder = TestFolder.New("records");
    private readonly MemoryStore store = new();
    private readonly TestOutput output = new();
    private readonly FakeTimeProvider timeProvider = new();

    [Fact]
    public async Task A_record_is_stored_and_its_number_told()
    {
        var stored = await KeepAsync("run-1");

        Assert.Equal(1, stored!.Record.Link!.Number);
        Assert.Equal("Release record 1 of shop in memory://store", output.Text);
        Assert.Empty(Notes);
    }

    [Fact]
    public async Task A_store_that_fails_leaves_a_note_and_the_next_run_stores_both_in_their_order()
    {
        store.BeforeOperation = (_, _) => throw new StoreException("The store is away.");
        Assert.Null(await KeepAsync("run-1"));
        var note = Assert.Single(Notes);
        Assert.Contains(
            "Warning: the record of this run is not in memory://store, and on this machine alone: "
                + $"{Path.ChangeExtension(note, ".json")}. The store is away. The run's outcome stays as it is; the next release from this "
                + "folder stores the record",
            output.Text,
            StringComparison.Ordinal);
        store.BeforeOperation = (_, _) => { };

        Assert.Equal(2, (await KeepAsync("run-2"))!.Record.Link!.Number);

        Assert.Empty(Notes);
        Assert.Equal("run-1", (await ReadAsync(1)).RunId);
        Assert.Equal("run-2", (await ReadAsync(2)).RunId);
        Assert.Contains("which could not be stored then, is record 1 of shop now", output.Text, StringComparison.Ordinal);
        var local = await File.ReadAllTextAsync(Json("run-1"), Token);
        Assert.Equal(1, JsonSerializer.Deserialize<ReleaseRecord>(local, ReleaseJson.Options)!.Link!.Number);
    }

    [Fact]
    public async Task A_record_that_the_store_has_although_its_answer_was_lost_is_not_stored_twice()
    {
        await KeepAsync("run-1");
        await new UnstoredRecord(store.DisplayName, "shop", "The connection was lost.").LeaveAsync(Json("run-1"), Token);

        await KeepAsync("run-2");

        Assert.Equal([RecordName.Of("shop", 1), RecordName.Of("shop", 2)], store.Names);
        Assert.Empty(Notes);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_waited_for_half_a_minute_and_a_third_of_that_after_a_signal()
    {
        using var never = new ManualResetEventSlim();
        using var asked = new SemaphoreSlim(0);
        store.BeforeOperation = (_, _) =>
        {
            asked.Release();
            never.Wait(TimeSpan.FromMinutes(1), Token);
        };

        var keeping = KeepAsync("run-1", ReleaseOutcome.Cancelled);
        await asked.WaitAsync(Token);
        timeProvider.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(await keeping);
        Assert.Contains("the store did not answer within 10.0 s", output.Text, StringComparison.Ordinal);

        keeping = KeepAsync("run-2");
        await asked.WaitAsync(Token);
        timeProvider.Advance(TimeSpan.FromSeconds(10));
        Assert.False(keeping.IsCompleted);
        timeProvider.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(await keeping);
        never.Set();
    }

    [Fact]
    public async Task What_is_noted_for_another_store_or_database_waits_for_that_one()
    {
        await File.WriteAllTextAsync(Json("run-1"), ReleaseJson.Serialize(Records.Succeeded()), Token);
        await new UnstoredRecord("memory://store", "another", "").LeaveAsync(Json("run-1"), Token);

        await KeepAsync("run-2");

        Assert.Single(Notes);
        Assert.Equal([RecordName.Of("shop", 1)], store.Names);
    }

    [Fact]
    public async Task A_note_whose_record_is_gone_is_told_and_goes()
    {
        await new UnstoredRecord("memory://store", "shop", "").LeaveAsync(Json("run-1"), Token);

        Assert.NotNull(await KeepAsync("run-2"));

        Assert.Empty(Notes);
        Assert.Contains($"{Json("run-1")}, which the store does not have, cannot be read any more", output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_is_nowhere_is_told_as_such()
    {
        store.BeforeOperation = (_, _) => throw new StoreException("The store is away.");

        Assert.Null(await Keeping().KeepAsync(Records.Succeeded(), null));

        Assert.Contains(
            "is not in memory://store, and not on this machine either: keep this output in its place",
            output.Text,
            StringComparison.Ordinal);
        Assert.Empty(Notes);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private IReadOnlyList<string> Notes => UnstoredRecord.In(folder);

    private string Json(string run) => Path.Combine(folder, $"release-{run}.json");

    private RecordKeeping Keeping()
        => new(new RecordPlace(() => store, store.DisplayName, "shop"), folder, output, timeProvider);

    private async Task<SealedRecord?> KeepAsync(string run, ReleaseOutcome outcome = ReleaseOutcome.Succeeded)
    {
        var record = Records.Succeeded() with { RunId = run, Outcome = outcome };
        await File.WriteAllTextAsync(Json(run), ReleaseJson.Serialize(record), Token);
        return await Keeping().KeepAsync(record, Json(run));
    }

    private async Task<ReleaseRecord> ReadAsync(long number) => (await new RecordChain(store, "shop").ReadAsync(number, Token)).Record;
}
