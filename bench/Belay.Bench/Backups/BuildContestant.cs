namespace Belay.Bench.Backups;

/// <summary>The release build itself, as it is typed: script, engine, preflight, backup and readback in
/// the one process whose memory counts.</summary>
internal static class BuildContestant
{
    /// <summary>From the folder of a release to the build script's exec.</summary>
    private const string Script = "cd \"$1\" && exec \"$2\" Backup --proof-level readback";

    private const string Prefix = "g";

    /// <summary>A contestant in a release folder of its own, with one migration that does nothing.</summary>
    public static Contestant Create(BenchPlace place)
    {
        var folder = place.NewFolder("release");
        Directory.CreateDirectory(Path.Combine(folder, ".nuke"));
        File.WriteAllText(
            Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "migrations")).FullName, "0001_nothing.sql"), "SELECT 1;\n");
        return new Contestant
        {
            Key = "g",
            Name = "Belay, ./build.sh Backup, readback proof",
            Command = ["sh", "-c", Script, "sh", folder, Path.Combine(RepositoryRoot.Find(), "build.sh")],
            Environment = BackupOnce.Variables(place, Prefix),
            LeftOut = OperatingSystem.IsWindows() ? "build.sh does not run on Windows" : null,
            CollectAsync = cancellationToken => StoredObjects.CollectAsync(place.Store(Prefix), cancellationToken),
        };
    }
}
