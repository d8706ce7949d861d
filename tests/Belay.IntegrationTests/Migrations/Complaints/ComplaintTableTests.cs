using System.Text.RegularExpressions;

namespace Belay.IntegrationTests.Migrations.Complaints;

/// <summary>The table in docs/complaints.md names tests that exist.</summary>
public sealed partial class ComplaintTableTests
{
    private static string[] Rows
        => [.. File.ReadAllLines(Path.Combine(TestFolder.Checkout, "docs", "complaints.md")).Where(line => Number().IsMatch(line))];

    [Fact]
    public void Has_a_test_for_each_of_fifteen_complaints()
        => Assert.Equal(
            Enumerable.Range(1, 15).Select(number => $"{number}"),
            Rows.Where(row => TestName().IsMatch(row)).Select(row => Number().Match(row).Groups[1].Value));

    [Fact]
    public void Names_no_test_that_does_not_exist()
    {
        var files = Directory.EnumerateFiles(Path.Combine(TestFolder.Checkout, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(Path.GetFileName);
        var missing = Rows.SelectMany(row => TestName().Matches(row)).Where(match => !files[$"{match.Groups[1].Value}.cs"]
            .Any(file => File.ReadAllText(file).Contains($" {match.Groups[2].Value}(", StringComparison.Ordinal)));
        Assert.Empty(missing.Select(match => match.Value));
    }

    [GeneratedRegex(@"^\| ([0-9]+) \|")]
    private static partial Regex Number();

    [GeneratedRegex("`([A-Za-z]+Tests)\\.([A-Za-z0-9_]+)`")]
    private static partial Regex TestName();
}
