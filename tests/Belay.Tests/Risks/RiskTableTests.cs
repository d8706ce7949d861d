using System.Text.RegularExpressions;
using Belay.Risks;
using Belay.Tests.House;

namespace Belay.Tests.Risks;

public sealed partial class RiskTableTests
{
    [Fact]
    public void The_page_s_table_is_as_Refresh_would_write_it()
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "risks.md"));

        Assert.Equal(RiskTable.Refresh(text), text);
        Assert.Contains(string.Join('\n', RiskTable.Lines), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_is_a_row_of_five_cells()
        => Assert.Equal(
            RiskRules.All.Select(rule => $"`{rule.Name}`"),
            RiskTable.Lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line =>
            {
                var cells = line.Trim('|').Split('|');
                Assert.Equal(5, cells.Length);
                Assert.All(cells, cell => Assert.False(string.IsNullOrWhiteSpace(cell)));
                return cells[0].Trim();
            }));

    [Fact]
    public void A_rule_has_a_name_of_its_own_that_a_directive_can_hold()
    {
        Assert.Distinct(RiskRules.All.Select(rule => rule.Name));
        Assert.All(RiskRules.All, rule => Assert.Matches(Name(), rule.Name));
        Assert.All(RiskRules.All, rule => Assert.Same(rule, RiskRules.Find(rule.Name)));
        Assert.Null(RiskRules.Find("drop-colum"));
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex Name();
}
