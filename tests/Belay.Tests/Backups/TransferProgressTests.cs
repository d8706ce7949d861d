using Belay.Backups;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Backups;

public sealed class TransferProgressTests
{
    private const int Mebibyte = 1 << 20;

    private readonly TestOutput output = new();
    private readonly FakeTimeProvider timeProvider = new();

    [Fact]
    public void Tells_how_much_of_what_is_expected_came_and_how_long_the_rest_takes()
    {
        var progress = new TransferProgress("Read back", output, timeProvider) { Expected = 4 * Mebibyte };

        Add(progress, Mebibyte);
        Add(progress, 3 * Mebibyte);
        Add(progress, 1);

        Assert.Equal(
            [
                "Read back 1.0 MiB of 4.0 MiB (25 %), 1.0 MiB/s, 1.0 s, 3.0 s left",
                "Read back 4.0 MiB of 4.0 MiB (100 %), 2.0 MiB/s, 2.0 s, 0.0 s left",
                "Read back 4.0 MiB, 1.3 MiB/s, 3.0 s",
            ],
            output.ProgressTexts);
    }

    [Fact]
    public void Calls_an_estimate_one()
    {
        Add(new TransferProgress("Dumped", output, timeProvider) { Expected = 2 * Mebibyte, Estimate = "a database of" }, Mebibyte);

        Assert.Equal(["Dumped 1.0 MiB of a database of 2.0 MiB (about 50 %), 1.0 MiB/s, 1.0 s, about 1.0 s left"], output.ProgressTexts);
    }

    [Fact]
    public void Tells_bytes_alone_where_nobody_knows_how_many_there_will_be()
    {
        Add(new TransferProgress("Fetched", output, timeProvider), 512);

        Assert.Equal(["Fetched 512 B, 512 B/s, 1.0 s"], output.ProgressTexts);
    }

    private void Add(TransferProgress progress, int count)
    {
        timeProvider.Advance(TimeSpan.FromSeconds(1));
        progress.Add(count);
    }
}
