using System.Diagnostics;
using Belay.Releases;

namespace Belay.Tests.Releases;

public sealed class RunLeftoversTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belay-leftovers-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Removes_what_killed_runs_left_and_nothing_that_is_in_use()
    {
        var dead = await DeadProcessIdAsync();
        await File.WriteAllTextAsync(PathOf("belay-toc-0011"), "rows of a table", Token);
        await File.WriteAllTextAsync(PathOf("package-set.props"), "somebody else's", Token);
        folder.CreateSubdirectory($"scratch-{dead}-0011");
        folder.CreateSubdirectory($"scratch-{Environment.ProcessId}-0011");
        await File.WriteAllTextAsync(Path.Combine(folder.CreateSubdirectory("belay-dump-0011").FullName, "lock"), "", Token);
        var used = folder.CreateSubdirectory("belay-dump-0022").FullName;
        await using var held = new FileStream(Path.Combine(used, "lock"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

        await RunLeftovers.SweepAsync(folder.FullName, TimeProvider.System);

        Assert.Equal(
            new[] { "belay-dump-0022", "package-set.props", $"scratch-{Environment.ProcessId}-0011" },
            folder.EnumerateFileSystemInfos().Select(item => item.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Needs_no_folder() => await RunLeftovers.SweepAsync(PathOf("absent"), TimeProvider.System);

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private static async Task<int> DeadProcessIdAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return process.Id;
    }
}
