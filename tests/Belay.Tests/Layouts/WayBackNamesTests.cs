namespace Belay.Tests.Layouts;

public sealed class WayBackNamesTests : LayoutTest
{
    [Theory]
    [InlineData("1-a.sql", "1-a_down.sql")]
    [InlineData("1-a-up.sql", "1-a-down.sql")]
    [InlineData("001.do.a.sql", "001.undo.a.sql")]
    [InlineData("1-a.sql", "1-a.revert.sql")]
    public void Refuses_a_file_that_takes_another_one_back_by_its_name(string forward, string backward)
    {
        Write(forward, "SELECT 1;");
        Write(backward, "SELECT -1;");
        Assert.Equal(
            [
                $"{PathOf(backward)} takes back {forward} by its name, and would run after it: name it as the layout wants a rollback, or "
                    + "move it away",
            ], Faults("plain"));
    }

    [Fact]
    public void Runs_files_that_are_called_so_for_another_reason()
    {
        Write("1-scale.sql", "SELECT 1;");
        Write("2-scale-down.sql", "SELECT 2;");
        Write("3-undo-log.sql", "SELECT 3;");
        Assert.Equal(3, Open("plain").Migrations.Count);
    }
}
