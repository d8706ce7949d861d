namespace Build.Tests.Support;

/// <summary>What one <c>./build.sh</c> came to.</summary>
/// <param name="ExitCode">Its exit code; 128 + the signal's number when a signal ended it.</param>
/// <param name="Output">Standard output and error as they came.</param>
internal sealed record BuildOutcome(int ExitCode, string Output)
{
    /// <summary>Fails with the whole output unless the exit code is the expected one.</summary>
    public BuildOutcome MustExitWith(int expected)
    {
        Assert.True(ExitCode == expected, $"exit code {ExitCode} instead of {expected}:\n{Output}");
        return this;
    }

    /// <summary>Fails with the whole output unless it contains the text.</summary>
    public BuildOutcome MustPrint(string text)
    {
        Assert.True(Output.Contains(text, StringComparison.Ordinal), $"\"{text}\" is missing in:\n{Output}");
        return this;
    }

    /// <summary>Fails with the whole output if it contains the text.</summary>
    public BuildOutcome MustNotPrint(string text)
    {
        Assert.False(Output.Contains(text, StringComparison.Ordinal), $"\"{text}\" must not be in:\n{Output}");
        return this;
    }
}
