using Belay.Reporting;

namespace Belay.Tests.Reporting;

public sealed class ReleaseTasksTests
{
    [Fact]
    public void Lists_none_when_nothing_was_migrated() => Assert.Empty(ReleaseTasks.For(Records.Failed(), "RELEASES.md"));

    [Fact]
    public void Leaves_open_what_this_release_has_not_done()
    {
        var tasks = ReleaseTasks.For(Records.Succeeded() with { Login = null, Backup = null }, "RELEASES.md");

        Assert.Equal(["Document migration timestamp in change log"], tasks.Where(task => task.Done).Select(task => task.Title));
        Assert.Equal("no smoke test ran", tasks[0].Note);
        Assert.Equal("no backup is recorded", tasks[5].Note);
    }

    [Fact]
    public void Does_not_tick_off_a_login_that_failed()
        => Assert.False(
            ReleaseTasks.For(Records.Succeeded() with { Login = new ReleaseLogin("500", "500", false) }, "RELEASES.md")[0].Done);
}
