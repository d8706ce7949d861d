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
    public void Says_of_a_file_that_cannot_be_read_nothing_but_the_kind_of_the_fault()
    {
        File.WriteAllText(path, "A=\"secret");

        var refusal = Assert.Throws<SettingsException>(() => DotEnvFile.Read(path));

        Assert.Equal($"{path} cannot be read (ArgumentException)", refusal.Message);
        Assert.Equal("write one NAME=\"value\" per line, and make the file readable by you", refusal.Hint);
    }

    [Fact]
    public void Refuses_lines_that_set_nothing_and_shows_nothing_of_them()
    {
        File.WriteAllText(path, "A=1\npostgresql://u:secret@h/d\n\n# comment\nexport B\n: C=1\n");

        var refusal = Assert.Throws<SettingsException>(() => DotEnvFile.Read(path));

        Assert.Equal([$"{path}:2 is no NAME=value", $"{path}:5 is no NAME=value", $"{path}:6 is no NAME=value"], refusal.Faults);
        Assert.Equal("write one NAME=\"value\" per line, or begin the line with # if it is a comment", refusal.Hint);
    }
}
