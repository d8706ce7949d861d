using System.Diagnostics;
using Belay.IntegrationTests.Support;
using Belay.Servers;

namespace Belay.IntegrationTests.Servers;

public sealed class ScratchServerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Removes_the_folder_of_a_run_that_was_killed_before_it_wrote_whose_it_is()
    {
        var parent = TestFolder.New("scratch");
        using var ended = Process.Start(new ProcessStartInfo("dotnet", ["--version"]) { RedirectStandardOutput = true })!;
        await ended.WaitForExitAsync(Token);
        var abandoned = Directory.CreateDirectory(Path.Combine(parent, $"scratch-{ended.Id}-abandoned"));
        var beginning = Directory.CreateDirectory(Path.Combine(parent, $"scratch-{Environment.ProcessId}-beginning"));

        await using (await ScratchServer.StartAsync(postgres.Tools, parent, TimeProvider.System, Token))
        {
            Assert.False(Directory.Exists(abandoned.FullName));
            Assert.True(Directory.Exists(beginning.FullName));
        }

        Assert.Equal([beginning.FullName], Directory.GetFileSystemEntries(parent));
        Directory.Delete(parent, recursive: true);
    }
}
