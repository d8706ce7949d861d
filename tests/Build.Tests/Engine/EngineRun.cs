using System.Linq.Expressions;
using Microsoft.Extensions.Time.Testing;
using Nuke.Common.Execution;

namespace Build.Tests.Engine;

/// <summary>Runs a sample build in this process, in a folder of its own, with nothing of the real environment.</summary>
internal sealed class EngineRun : IDisposable
{
    private readonly Dictionary<string, string> environment = [];

    public EngineRun() => Directory.CreateDirectory(Path.Combine(Folder, ".nuke"));

    /// <summary>The root folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("engine").FullName;

    /// <summary>The folder that the command is typed in; the root unless set.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Sets an environment variable.</summary>
    public EngineRun With(string variable, string value)
    {
        environment[variable] = value;
        return this;
    }

    /// <summary>Writes a file below the root.</summary>
    public EngineRun WithFile(string path, string text)
    {
        File.WriteAllText(Path.Combine(Folder, path), text);
        return this;
    }

    /// <summary>Runs a build without a default target.</summary>
    public EngineOutcome Run<T>(params string[] arguments)
        where T : Nuke.Common.NukeBuild, new()
        => RunWithDefault<T>([], arguments);

    /// <summary>Runs a build with default targets.</summary>
    public EngineOutcome RunWithDefault<T>(Expression<Func<T, Nuke.Common.Target>>[] defaults, params string[] arguments)
        where T : Nuke.Common.NukeBuild, new()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = BuildRun.Execute(
            new BuildInvocation
            {
                Arguments = arguments,
                Environment = environment,
                WorkingFolder = WorkingFolder ?? Folder,
                Output = output,
                Error = error,
                TimeProvider = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 11, 30, 48, TimeSpan.Zero)),
            },
            defaults);
        return new EngineOutcome(exitCode, output.ToString(), error.ToString());
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
