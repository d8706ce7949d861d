using Belay.Risks;
using Belay.Sql;

namespace Belay.Tests.Risks;

public sealed class AcceptedRulesTests
{
    [Fact]
    public void A_rule_that_does_not_exist_is_refused_with_those_that_do()
    {
        var refusal = Assert.Throws<RiskException>(() => AcceptedRules.Demand([Of("drop-column"), Of("drop-colum"), Of("*")]));

        Assert.StartsWith(
            """
            1_a.sql:1: "accept drop-colum" names no rule
            1_a.sql:1: "accept *" names no rule
            Known are drop-table, drop-column, 
            """.TrimEnd() + " ",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.EndsWith(", not-tried. Nothing was touched.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("docs/risks.md says what each of them sees", refusal.Hint);
        Assert.Equal(ExitCodes.PreflightRefused, refusal.ExitCode);
    }

    [Fact]
    public void Rules_that_exist_may_be_accepted() => AcceptedRules.Demand([Of("drop-column"), Of("not-tried")]);

    private static Migration Of(string rule) => new()
    {
        Version = 1,
        Name = "a",
        Path = "/m/1_a.sql",
        Text = "",
        Sha256 = "",
        Directives = new() { Accepted = [new(rule, "we agreed", "1_a.sql:1")] },
    };
}
