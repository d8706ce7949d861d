namespace Build.Tests.Engine;

/// <summary>What a run of a sample build came to.</summary>
internal sealed record EngineOutcome(int ExitCode, string Output, string Error)
{
    private const string Marker = "ran ";

    /// <summary>The targets that ran, in order: samples print <c>ran</c> and their name.</summary>
    public string Ran => string.Join(' ', Output.Split('\n')
        .Where(line => line.StartsWith(Marker, StringComparison.Ordinal))
        .Select(line => line[Marker.Length..].Trim()));

    /// <summary>The summary's row of a target, its columns separated by one space.</summary>
    public string Row(string target)
    {
        var table = Output[Output.LastIndexOf("Target             Status", StringComparison.Ordinal)..];
        var row = table.Split('\n').Single(line => line.StartsWith(target + " ", StringComparison.Ordinal));
        return string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>Fails with everything printed unless the exit code is the expected one.</summary>
    public EngineOutcome MustExitWith(int expected)
    {
        Assert.True(ExitCode == expected, $"exit code {ExitCode} instead of {expected}:\n{Output}\n{Error}");
        return this;
    }
}
