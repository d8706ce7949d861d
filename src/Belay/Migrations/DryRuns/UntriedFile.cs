namespace Belay.Migrations.DryRuns;

/// <summary>A pending file that the dry run could not try.</summary>
/// <param name="Place">The file, or the statement at which it became clear, as compilers write it.</param>
/// <param name="Why">Why, in words that go on after the place.</param>
internal sealed record UntriedFile(string File, string Place, string Why)
{
    /// <summary>Whether it uses an enum value that an earlier pending file adds.</summary>
    public bool UsesNewEnumValue { get; init; }
}
