using Belay.Preflight;

namespace Belay.Tests.Preflight;

public sealed class PreflightExceptionTests
{
    [Fact]
    public void Lists_every_refusal_with_its_hint()
    {
        var exception = new PreflightException(
        [
            new(FindingSeverity.Information, "seen"),
            new(FindingSeverity.Refusal, "first fault", "mend it"),
            new(FindingSeverity.Warning, "doubt"),
            new(FindingSeverity.Refusal, "second fault"),
        ]);

        Assert.Equal("Preflight refused for 2 reasons:\n  first fault\n    Hint: mend it\n  second fault", exception.Message);
        Assert.Equal("mend it", exception.Hint);
        Assert.Equal(4, exception.Findings.Count);
        Assert.Equal(ExitCodes.PreflightRefused, exception.ExitCode);
    }

    [Fact]
    public void Says_a_single_refusal_in_one_line()
        => Assert.Equal("Preflight refused: the fault", new PreflightException([new(FindingSeverity.Refusal, "the fault")]).Message);
}
