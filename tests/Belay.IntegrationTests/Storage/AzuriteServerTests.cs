using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Local.Node;

namespace Belay.IntegrationTests.Storage;

public sealed class AzuriteServerTests : IDisposable
{
    private readonly string folder = TestFolder.New("azurite-server");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Keeps_its_data_over_a_restart_on_the_same_port()
    {
        await using var first = await AzuriteServer.StartAsync(folder, Token);
        var location = first.Location("kept");
        await AzuriteFixture.Client(location).CreateAsync(cancellationToken: Token);
        await AzuriteFixture.Client(location).UploadBlobAsync("one", BinaryData.FromString("content"), Token);
        await first.StopAsync();

        await using var second = await AzuriteServer.StartAsync(
            new AzuriteOptions { Folder = folder, Port = first.Port, AccountKey = first.AccountKey }, Token);

        var content = await AzuriteFixture.Client(location).GetBlobClient("one").DownloadContentAsync(Token);
        Assert.Equal("content", content.Value.Content.ToString());
        Assert.Equal(location, second.Location("kept"));
    }

    [Fact]
    public async Task Is_not_of_the_group_that_a_terminal_interrupts_and_ends_when_it_is_stopped()
    {
        await using var server = await AzuriteServer.StartAsync(folder, Token);

        // After the program's name in brackets: state, parent, group.
        var state = await File.ReadAllTextAsync($"/proc/{server.ProcessId}/stat", Token);
        Assert.Equal($"{server.ProcessId}", state[(state.LastIndexOf(')') + 2)..].Split(' ')[2]);

        await server.StopAsync();
        Assert.False(Directory.Exists($"/proc/{server.ProcessId}"));
    }

    [Fact]
    public async Task Says_why_it_did_not_start()
    {
        await using var first = await AzuriteServer.StartAsync(folder, Token);

        var fault = await Assert.ThrowsAsync<NodeServerException>(() => AzuriteServer.StartAsync(
            new AzuriteOptions { Folder = Path.Combine(folder, "other"), Port = first.Port, Account = "other" }, Token));

        Assert.Equal($"Azurite cannot listen on 127.0.0.1:{first.Port}: Address already in use.", fault.Message);
        Assert.Equal(ExitCodes.PreflightRefused, fault.ExitCode);
    }
}
