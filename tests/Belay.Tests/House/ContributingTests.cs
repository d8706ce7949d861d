using System.Text.RegularExpressions;

namespace Belay.Tests.House;

/// <summary>The page that tells people where things go.</summary>
public sealed partial class ContributingTests
{
    [Fact]
    public void Every_file_and_folder_that_it_names_is_there()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "CONTRIBUTING.md"));
        var names = Checkout.Folders.SelectMany(Checkout.Files).Select(Path.GetFileName).ToHashSet();
        var named = CodePattern().Matches(page).Select(match => match.Groups["text"].Value)
            .Where(text => text.EndsWith(".cs", StringComparison.Ordinal) || PlacePattern().IsMatch(text)).ToList();

        Assert.Contains("src/Belay.Nuke/IReleaseParameters.cs", named);
        Assert.Equal([], named.Where(name => name[0] != '…' && !names.Contains(name) && !Path.Exists(Path.Combine(Checkout.Root, name))));
    }

    [GeneratedRegex("`(?<text>[^`\n]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex CodePattern();

    [GeneratedRegex("^(src|tests|docs|build)/[^ ]+$")]
    private static partial Regex PlacePattern();
}
