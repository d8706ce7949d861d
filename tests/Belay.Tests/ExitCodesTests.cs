using System.Text.RegularExpressions;
using Belay.Tests.House;

namespace Belay.Tests;

/// <summary>What exit codes mean, where people look first.</summary>
public sealed partial class ExitCodesTests
{
    [Fact]
    public void The_readme_has_every_exit_code_of_a_release_once()
    {
        var readme = File.ReadAllText(Path.Combine(Checkout.Root, "README.md"));
        var section = readme[readme.IndexOf("## Exit codes", StringComparison.Ordinal)..];
        var table = section[..section.IndexOf("Every failure", StringComparison.Ordinal)];

        var named = Cell().Matches(table).SelectMany(cell => cell.Groups["codes"].Value.Split(", ")).Select(int.Parse).Order();

        Assert.Equal([.. ExitCodes.Meanings.Select(exit => exit.Code), 255], named);
    }

    [GeneratedRegex(@"\| (?<codes>\d+(, \d+)*) (?=\|)", RegexOptions.ExplicitCapture)]
    private static partial Regex Cell();
}
