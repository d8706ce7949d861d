using System.Security.Cryptography;
using Belay.Backups.Parts;

namespace Belay.Tests.Backups.Parts;

public sealed class GrowingFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public async Task Reads_what_is_written_meanwhile_to_the_end_that_the_file_has_when_it_is_complete()
    {
        var content = RandomNumberGenerator.GetBytes((20 << 20) + 17);
        var isComplete = false;
        using var read = new MemoryStream();
        await using (var growing = new GrowingFile(path, () => Volatile.Read(ref isComplete), Token))
        {
            var reading = Task.Run(() => growing.CopyTo(read), Token);
            await using (var writer = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            {
                foreach (var piece in content.Chunk(3 << 20))
                {
                    await writer.WriteAsync(piece, Token);
                    await writer.FlushAsync(Token);
                }
            }

            Assert.False(reading.IsCompleted);
            Volatile.Write(ref isComplete, true);
            await reading;
        }

        Assert.Equal(SHA256.HashData(content), SHA256.HashData(read.ToArray()));
        Assert.Equal(content.Length, new FileInfo(path).Length);
    }

    [Fact]
    public async Task Waits_no_longer_when_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        await using var growing = new GrowingFile(path, () => false, cancellation.Token);
        var reading = Task.Run(() => growing.Read(new byte[1], 0, 1), Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }
}
