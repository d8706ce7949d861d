namespace Belay;

/// <summary>A password, key, token or signed address. Prints as <c>***</c>, also inside records.</summary>
/// <remarks>A record prints its members, so a plain string in a settings record reaches the first log that prints the record.</remarks>
public sealed class Secret : IEquatable<Secret>
{
    private readonly string value;

    /// <summary>Wraps a value and has <see cref="Redaction"/> mask it in every text from now on.</summary>
    public Secret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        this.value = value;
        Redaction.Remember(value);
    }

    /// <summary>The secret itself, for the one place that hands it on.</summary>
    public string Reveal() => value;

    /// <inheritdoc/>
    public bool Equals(Secret? other) => other is not null && string.Equals(value, other.value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(value);

    /// <inheritdoc/>
    public override string ToString() => Redaction.Mask;
}
