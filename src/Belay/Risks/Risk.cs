namespace Belay.Risks;

/// <summary>A risk that a trial has shown.</summary>
/// <param name="Rule">The rule's name: <c>drop-column</c>.</param>
/// <param name="File">The migration's file name.</param>
/// <param name="Place">File, line and first words of the statement.</param>
/// <param name="What">What happens to which table of which size.</param>
/// <param name="Safer">What to do instead.</param>
internal sealed record Risk(string Rule, string File, string Place, string What, string Safer)
{
    /// <summary>Why it is taken knowingly, in the file's own words; null when nobody has accepted it.</summary>
    public string? Accepted { get; init; }

    /// <inheritdoc/>
    public override string ToString()
        => $"{Place}: {Rule}: {What}. {(Accepted is null ? $"Safer: {Safer}" : $"Accepted because {Accepted}")}";
}
