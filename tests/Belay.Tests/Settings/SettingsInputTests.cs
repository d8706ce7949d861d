using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class SettingsInputTests
{
    private static readonly Parameter<int> Jobs = Declare.WholeNumber("job-count", "Jobs", 1..8, 2);

    private static readonly Parameter<string?> Typed = Declare.Text(
        "typed", "Typed", sources: ParameterSources.All & ~ParameterSources.Environment);

    private static readonly SettingsInput Input = new()
    {
        RootFolder = "/",
        Environment = new Dictionary<string, string> { ["JOB_COUNT"] = " 4 ", ["TYPED"] = "from the environment", ["EMPTY"] = "  " },
    };

    [Fact]
    public void Takes_what_was_typed_before_the_variable()
    {
        var typed = Input with { Given = new Dictionary<string, string> { ["job-count"] = "5", ["typed"] = "t" } };
        Assert.Equal(("5", "t", 5), (typed.Text(Jobs), typed.Text(Typed), typed.Read(Jobs, new SettingsFaults())));
        Assert.Equal(("4", 4), (Input.Text(Jobs), Input.Read(Jobs, new SettingsFaults())));
    }

    [Fact]
    public void Takes_no_variable_for_a_parameter_that_may_not_stand_there() => Assert.Null(Input.Text(Typed));

    [Fact]
    public void Takes_an_empty_variable_for_none()
    {
        Assert.Null(Input.Variable("EMPTY"));
        Assert.Null(Input.Variable("MISSING"));
        Assert.Equal("4", Input.Variable("JOB_COUNT"));
    }

    [Fact]
    public void Leaves_out_a_parameter_together_with_its_variable_and_no_other()
    {
        var input = Input with { Given = new Dictionary<string, string> { ["job-count"] = "5", ["typed"] = "t" } };
        var without = input.Without(Jobs);
        Assert.Equal(["typed"], without.Given.Keys);
        Assert.Equal(["TYPED", "EMPTY"], without.Environment.Keys);
        Assert.Equal(["EMPTY"], input.Without(Jobs, Typed).Environment.Keys);
        Assert.Empty(input.Without(Jobs, Typed).Given);
    }
}
