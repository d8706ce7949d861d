using System.Text;
using Belay.History;
using Belay.Layouts;

namespace Belay.Tests.Layouts;

/// <summary>A folder for one test, and how its migrations read.</summary>
public abstract class LayoutTest : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("belay-layout-").FullName;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Directory.Delete(Folder, recursive: true);

    protected string PathOf(string name) => Path.Combine(Folder, name);

    protected void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text, new UTF8Encoding(false));
    }

    protected MigrationSet Open(string layout = MigrationFolder.AutomaticLayout) => MigrationFolder.Open(Folder, layout);

    protected IReadOnlyList<string> Faults(string layout = MigrationFolder.AutomaticLayout)
    {
        var exception = Assert.Throws<MigrationException>(() => Open(layout));
        Assert.Equal(ExitCodes.Usage, exception.ExitCode);
        return exception.Message.Split('\n');
    }
}
