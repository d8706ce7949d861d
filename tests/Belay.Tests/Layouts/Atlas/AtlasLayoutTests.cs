using System.Security.Cryptography;
using System.Text;

namespace Belay.Tests.Layouts.Atlas;

public sealed class AtlasLayoutTests : LayoutTest
{
    private const string First = "CREATE TABLE a (id integer);\n";

    [Fact]
    public void Checks_its_record_and_passes_over_checkpoints()
    {
        Write("20240101000000_a.sql", First);
        Write("20240102000000_b.sql", "-- atlas:txmode none\n\nVACUUM;\n");
        Write("20240103000000_checkpoint.sql", "-- atlas:checkpoint\n\nCREATE TABLE a (id integer);\n");
        WriteSum("20240101000000_a.sql", "20240102000000_b.sql", "20240103000000_checkpoint.sql");
        var set = Open();
        Assert.Equal(("atlas", "The migrations are in the layout of atlas, as atlas.sum shows"), (set.Layout, set.Recognition));
        Assert.Equal([("a", false), ("b", true)], set.Migrations.Select(migration => (migration.Name, migration.Directives.NoTransaction)));
        Assert.Equal(["20240103000000_checkpoint.sql is a checkpoint of Atlas and does not run: the files before it do"], set.Remarks);
    }

    [Fact]
    public void Refuses_files_that_are_not_those_of_its_record()
    {
        Write("20240101000000_a.sql", First);
        WriteSum("20240101000000_a.sql");
        Write("20240101000000_a.sql", $"{First}SELECT 1;");
        Assert.Equal(
            [
                $"{PathOf("atlas.sum")} is not of these files: 20240101000000_a.sql or a file before it is not as it was. Look at what "
                    + "was changed, then atlas migrate hash",
            ], Faults());
        Write("20240101000000_a.sql", First);
        Write("20240102000000_b.sql", "SELECT 2;");
        Assert.Equal(
            [
                $"{PathOf("atlas.sum")} is not of these files: 20240102000000_b.sql is not in it. Look at what was changed, then atlas "
                    + "migrate hash",
            ], Faults());
    }

    /// <summary>The hash of this record was made by the commands of Atlas' own documentation: SHA-256
    /// over name and content, in Base64.</summary>
    [Fact]
    public void Makes_the_hash_that_Atlas_makes()
    {
        Write("20240101000000_a.sql", First);
        Write("atlas.sum", "h1:whole\n20240101000000_a.sql h1:zapeE87YmKkD0QPtdReWF8o5JMYsDuga9kcUVOcU0IY=\n");
        Assert.Single(Open().Migrations);
    }

    [Fact]
    public void Refuses_a_file_that_is_an_archive_of_several()
    {
        Write("20240101000000_a.sql", "-- atlas:txtar\n\n-- checks.sql --\nSELECT 1;\n-- migration.sql --\nSELECT 2;\n");
        Assert.Equal(
            [
                $"{PathOf("20240101000000_a.sql")}: \"-- atlas:txtar\" begins a file of atlas, of a form that is not read here: parts of "
                    + "it would run that atlas leaves out",
            ], Faults());
    }

    private void WriteSum(params string[] names)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lines = new List<string> { "h1:whole" };
        foreach (var name in names)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(File.ReadAllBytes(PathOf(name)));
            lines.Add($"{name} h1:{Convert.ToBase64String(hash.GetCurrentHash())}");
        }

        Write("atlas.sum", string.Join('\n', lines) + "\n");
    }
}
