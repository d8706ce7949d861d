namespace Build.Tests.Docs;

/// <summary>Marks the test that types the commands of one place of a page.</summary>
/// <param name="page">The page below <c>docs/</c>.</param>
/// <param name="place">The heading, or the bold words at the beginning of a list item.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WalksAttribute(string page, string place) : Attribute
{
    /// <summary>The page below <c>docs/</c>.</summary>
    public string Page => page;

    /// <summary>The heading, or the bold words at the beginning of a list item.</summary>
    public string Place => place;
}
