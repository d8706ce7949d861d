using Belay.Layouts;
using Belay.Settings;

namespace Belay.Tool.Scaffolding;

/// <summary>One migration that is to be begun.</summary>
/// <param name="Folder">The folder with the migrations; made when it is missing.</param>
/// <param name="Layout">The layout's name, or <c>auto</c>.</param>
/// <param name="Program">How the program is typed, for hints.</param>
internal sealed record NewMigration(string Folder, string Layout, string Name, string Program)
{
    private const string Own = "belay";

    /// <summary>Writes the files, and sees that they come after all others.</summary>
    /// <param name="timeProvider">The clock, for layouts whose numbers are times.</param>
    /// <returns>The files, the script first.</returns>
    /// <exception cref="SettingsException">The layout is made by its own tool alone, a file is there, or
    /// the number would not be the last.</exception>
    /// <exception cref="MigrationException">The folder cannot be read as it is.</exception>
    public IReadOnlyList<string> Write(TimeProvider timeProvider)
    {
        var set = IsEmpty() ? null : MigrationFolder.Open(Folder, Layout);
        var layout = set?.Layout ?? (Layout == MigrationFolder.AutomaticLayout ? Own : Layout);
        var form = MigrationForms.Of(layout) ?? throw new SettingsException(
            $"A migration in the layout of {layout} is made by {layout} itself, which keeps more about it than its files",
            MigrationForms.HintFor(layout));
        var newest = set?.Migrations.LastOrDefault(migration => !migration.IsRepeatable)?.FileName;
        var files = form.Files(newest, Name, timeProvider.GetUtcNow());
        Create(files);
        DemandLast(files, layout);
        return [.. files.Select(file => PathOf(file.Path))];
    }

    private bool IsEmpty() => !Directory.Exists(Folder) || !Directory.EnumerateFiles(Folder, "*.sql", SearchOption.AllDirectories).Any();

    private string PathOf(string file) => Path.GetFullPath(file, Folder);

    private void Create(IReadOnlyList<NewFile> files)
    {
        if (files.FirstOrDefault(file => File.Exists(PathOf(file.Path))) is { } there)
        {
            throw new SettingsException(
                $"{PathOf(there.Path)} is there already; nothing was written", $"{Program} {NewCommand.Name} <another name>");
        }

        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file.Path))!);
            using var stream = new FileStream(PathOf(file.Path), FileMode.CreateNew, FileAccess.Write);
            using var writer = new StreamWriter(stream);
            writer.Write(file.Text);
        }
    }

    /// <summary>Numbers in a spelling of their own may sort otherwise than they look.</summary>
    private void DemandLast(IReadOnlyList<NewFile> files, string layout)
    {
        try
        {
            var last = MigrationFolder.Open(Folder, layout).Migrations.Last(migration => !migration.IsRepeatable);
            if (last.FileName == files[0].Path)
            {
                return;
            }

            throw new SettingsException(
                $"{files[0].Path} would come before {last.FileName}; nothing was left of it",
                "name the file yourself, with a number above the others");
        }
        catch (BelayException)
        {
            files.ToList().ForEach(file => File.Delete(PathOf(file.Path)));
            throw;
        }
    }
}
