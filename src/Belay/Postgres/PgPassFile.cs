using System.Diagnostics;
using System.Globalization;
using System.Text;
using Belay.Settings;

namespace Belay.Postgres;

/// <summary>A password file for libpq: mode 0600 in a folder of its own of mode 0700.</summary>
/// <remarks>The folder's name holds machine and process, so that the next run sweeps what a killed one left.</remarks>
internal sealed class PgPassFile : IDisposable
{
    private readonly string folder;

    private PgPassFile(string folder)
    {
        this.folder = folder;
        Path = System.IO.Path.Combine(folder, "pgpass");
    }

    /// <summary>The file's path, for <c>PGPASSFILE</c>.</summary>
    public string Path { get; }

    private static string MachinePrefix => $"belay-libpq-{Environment.MachineName}-";

    /// <summary>Writes the file.</summary>
    /// <param name="target">The database; its password is set.</param>
    public static async Task<PgPassFile> CreateAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        Sweep();
        var file = new PgPassFile(Directory.CreateTempSubdirectory($"{MachinePrefix}{Environment.ProcessId}-").FullName);
        try
        {
            await WriteAsync(file.Path, target, cancellationToken);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Puts another password in the file's place: a program that connects meanwhile reads the one or the other.</summary>
    public async Task ReplaceAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        var next = $"{Path}.next";
        File.Delete(next);
        await WriteAsync(next, target, cancellationToken);
        File.Move(next, Path, overwrite: true);
    }

    /// <summary>The file's text: a line per host, for every database on it, because pg_dumpall connects to others.</summary>
    /// <param name="target">The database; its password is set.</param>
    internal static string Lines(DatabaseTarget target)
    {
        var text = new StringBuilder();
        foreach (var host in target.Hosts)
        {
            // libpq looks a default socket folder up as "localhost" ("The Password File" in its documentation).
            var names = host.Name.StartsWith('/') ? [host.Name, "localhost"] : new[] { host.Name };
            foreach (var name in names)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{Escape(name)}:{host.Port}:*:{Escape(target.Username)}:{Escape(target.Password!.Reveal())}\n");
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => Remove(folder);

    private static async Task WriteAsync(string path, DatabaseTarget target, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, Options());
        await stream.WriteAsync(Encoding.UTF8.GetBytes(Lines(target)), cancellationToken);
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static string Escape(string field)
        => field.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    /// <summary>Removes what killed runs left.</summary>
    public static void Sweep()
    {
        var parent = System.IO.Path.GetTempPath();
        foreach (var left in Directory.Exists(parent) ? Directory.GetDirectories(parent, MachinePrefix + "*").Where(IsLeftOver) : [])
        {
            Remove(left);
        }
    }

    private static bool IsLeftOver(string path)
    {
        var process = System.IO.Path.GetFileName(path)[MachinePrefix.Length..].Split('-')[0];
        return int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ProcessIdentity.Of(id) is null;
    }

    /// <summary>Removes a folder unless it is gone already, belongs to someone else, who sweeps it, or
    /// its disk takes nothing: the next run tries again.</summary>
    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Trace.TraceInformation($"{path} stays: {exception.Message}");
        }
    }
}
