using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class SettingsFaultsTests
{
    private readonly SettingsFaults faults = new();

    [Fact]
    public void Says_all_faults_at_once_with_the_first_hint()
    {
        faults.Add("one");
        Assert.Null(faults.Collect<string>(() => throw new SettingsException(["two", "three"], "mend two")));
        Assert.Equal("part", faults.Collect(() => "part"));
        faults.Add("four", "mend four");

        var refusal = Assert.Throws<SettingsException>(() => faults.ThrowIfAny("mend all"));
        Assert.Equal(["one", "two", "three", "four"], refusal.Faults);
        Assert.Equal(("one\ntwo\nthree\nfour", "mend two"), (refusal.Message, refusal.Hint));
    }

    [Fact]
    public void Keeps_the_hint_of_a_fault_before_that_of_a_part()
    {
        faults.Add("one", "mend one");
        faults.Collect<string>(() => throw new SettingsException("two", "mend two"));
        faults.Add("three", "mend three");

        Assert.Equal("mend one", Assert.Throws<SettingsException>(() => faults.ThrowIfAny("mend all")).Hint);
    }

    [Fact]
    public void Gives_the_caller_s_hint_when_no_fault_has_one()
    {
        faults.ThrowIfAny("mend all");
        faults.Add("one");

        Assert.Equal("mend all", Assert.Throws<SettingsException>(() => faults.ThrowIfAny("mend all")).Hint);
    }
}
