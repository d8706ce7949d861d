namespace Belay.Settings;

/// <summary>A parameter with the reading of its text.</summary>
/// <param name="name">The name in lower case with dashes.</param>
/// <param name="help">What it means, in one line.</param>
/// <param name="kind">What its text is.</param>
public sealed class Parameter<T>(string name, string help, ParameterKind kind) : Parameter(name, help)
{
    /// <inheritdoc/>
    public override ParameterKind Kind => kind;

    /// <summary>The value when none is given.</summary>
    public T Standard { get; init; } = default!;

    /// <summary>Reads a text; null when it cannot be read.</summary>
    public required Func<string, Reading<T>?> Reader { get; init; }

    /// <summary>What a text must be, for messages.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The value of a text; the standard one and a fault when it cannot be read.</summary>
    /// <param name="text">The text; null when none is given.</param>
    internal T Read(string? text, SettingsFaults faults)
    {
        if (text is null)
        {
            return Standard;
        }

        if (Reader(text.Trim()) is { } reading)
        {
            return reading.Value;
        }

        faults.Add($"{Option} is \"{text}\": {Rule}");
        return Standard;
    }

    /// <summary>Names the page that says more, as a link from the repository's root.</summary>
    internal Parameter<T> SeeAlso(string page)
    {
        SetPage(page);
        return this;
    }

    /// <inheritdoc/>
    internal override string? FaultOf(string text) => Reader(text.Trim()) is null ? $"is \"{text}\": {Rule}" : null;
}
