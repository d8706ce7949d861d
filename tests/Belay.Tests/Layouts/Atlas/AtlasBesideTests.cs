namespace Belay.Tests.Layouts.Atlas;

public sealed class AtlasBesideTests : LayoutTest
{
    // What `atlas migrate hash` writes: SHA-256 over the names and texts of the way forward, going on from file to file.
    [Theory]
    [InlineData("golang-migrate", "1_a.up.sql", "SELECT 1;\n", "1_a.down.sql")]
    [InlineData("goose", "1_a.sql", "-- +goose Up\nSELECT 1;\n", null)]
    [InlineData("dbmate", "1_a.sql", "-- migrate:up\nSELECT 1;\n", null)]
    public void Files_that_Atlas_wrote_for_another_tool_are_that_tool_s_and_its_record_of_them_is_checked(
        string layout, string file, string text, string? down)
    {
        Write(file, text);
        if (down is not null)
        {
            Write(down, "SELECT -1;\n");
        }

        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(file + text)));
        Write("atlas.sum", $"h1:of all=\n{file} h1:{hash}\n");
        Assert.Equal(layout, Open().Layout);
        Write(file, $"{text}SELECT 2;\n");
        Assert.Equal(
            [
                $"{PathOf("atlas.sum")} is not of these files: {file} or a file before it is not as it was. Look at what was changed, "
                    + "then atlas migrate hash",
            ],
            Faults());
    }

    [Fact]
    public void The_record_of_files_for_Flyway_is_said_not_to_be_checked()
    {
        Write("V1__a.sql", "SELECT 1;\n");
        Write("atlas.sum", "h1:of all=\nV1__a.sql h1:other=\n");
        Assert.Equal(["atlas.sum is not checked in the layout flyway"], Open().Remarks);
    }
}
