namespace Belay.Arguments;

/// <summary>An option with the words that follow it.</summary>
/// <param name="Typed">The option as it was typed.</param>
/// <param name="Words">The words up to the next option.</param>
internal sealed record TypedOption(string Typed, IReadOnlyList<string> Words)
{
    /// <summary>The name up to an equals sign, which the grammar does not know.</summary>
    public string Name => Typed.Split('=', 2)[0];

    /// <summary>Whether a value was written behind an equals sign.</summary>
    public bool HasEquals => Typed.Contains('=', StringComparison.Ordinal);
}
