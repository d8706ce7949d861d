using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class DotEnvFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData("A=postgresql://u:p@h/d", "postgresql://u:p@h/d")]
    [InlineData("export A=value", "value")]
    [InlineData("A=\"two words\"", "two words")]
    [InlineData("A='two words'", "two words")]
    [InlineData("  A = value  ", "value")]
    [InlineData("A=value # comment", "value")]
    [InlineData("A='pa#ss $word ${HOME}'", "pa#ss $word ${HOME}")]
    [InlineData("A=pa$word", "pa$word")]
    [InlineData("A=${HOME}", "${HOME}")]
    [InlineData("A=a=b?c=d&e=f", "a=b?c=d&e=f")]
    [InlineData("# comment\n\nA=value\r\n", "value")]
    public void Reads_a_line(string text, string expected)
    {
        File.WriteAllText(path, text);

        Assert.Equal(expected, DotEnvFile.Read(path)["A"]);
    }

    [Fact]
    public void Sets_only_variables_that_are_not_set()
    {
        var (set, unset) = ($"BELAY_TEST_{Guid.NewGuid():N}", $"BELAY_TEST_{Guid.NewGuid():N}");
        Environment.SetEnvironmentVariable(set, "before");
        File.WriteAllText(path, $"{set}=file\n{unset}=file\n");

        Assert.Equal([unset], DotEnvFile.Load(path));
        Assert.Equal(("before", "file"), (Environment.GetEnvironmentVariable(set), Environment.GetEnvironmentVariable(unset)));
    }

    [Fact]
    public void Does_without_a_file() => Assert.Empty(DotEnvFile.Load(path + ".missing"));

    [Fact]
    public void Skips_a_line_that_sets_nothing()
    {
        File.WriteAllText(path, "A=1\nnothing\nB=2\n");

        Assert.Equal(["A", "B"], DotEnvFile.Read(path).Keys.Order());
    }
}
