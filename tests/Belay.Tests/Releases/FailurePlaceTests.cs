using Belay.Printing;
using Belay.Releases;

namespace Belay.Tests.Releases;

public sealed class FailurePlaceTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("belay place-");
    private readonly string folder;

    public FailurePlaceTests()
    {
        folder = root.CreateSubdirectory("db").FullName;
        File.WriteAllText(Path.Combine(folder, "0002_b.sql"), "");
    }

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void Finds_the_place_that_a_message_names()
    {
        Assert.Equal(new FilePlace("db/0002_b.sql", 4, 7), Find($"{folder}/0002_b.sql:4:7: ERROR: no (SQLSTATE 42P01)\n  SELECT"));
        Assert.Equal(
            new FilePlace("db/0002_b.sql", 3, null), Find("Preflight refused: no table \"x\" in shop (0002_b.sql, line 3) (stops)"));
        Assert.Equal(new FilePlace("db/0002_b.sql", 5, null), Find("1 check failed:\nFAILED columns (0002_b.sql:5)"));
    }

    [Theory]
    [InlineData("No room")]
    [InlineData("0009_gone.sql:4:7: ERROR")]
    [InlineData("0002_b.sql: ERROR")]
    [InlineData("0002_b.sql:99999999999: ERROR")]
    public void Finds_nothing_where_no_file_is_named_that_is_there(string message) => Assert.Null(Find(message));

    private FilePlace? Find(string message) => FailurePlace.Find(message, folder, root.FullName);
}
