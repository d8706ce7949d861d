using Belay.Tool;

namespace Belay.Tests.Tool;

public sealed class ToolNameTests
{
    [Theory]
    [InlineData("/usr/bin/dotnet", "dotnet", "dotnet belay")]
    [InlineData("/home/ann/.dotnet/tools/belay", "belay", "belay")]
    [InlineData("/opt/belay", "./belay", "./belay")]
    [InlineData("/opt/belay", "/opt/belay", "/opt/belay")]
    [InlineData("/opt/belay-linux-x64", "./belay-linux-x64", "belay")]
    [InlineData("C:/tools/belay.exe", null, "belay")]
    public void Is_what_a_person_types(string program, string? firstWord, string expected)
        => Assert.Equal(expected, ToolName.Of(program, firstWord));
}
