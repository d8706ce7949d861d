using System.Text.Json.Serialization;

namespace Belay.Reporting;

/// <summary>The login before and after a migration.</summary>
/// <param name="Before">What the login before it came to; null when none was tried.</param>
/// <param name="After">What the smoke test's login came to; null when it was not reached.</param>
/// <param name="Passed">Whether the smoke test passed, the refused wrong password included.</param>
internal sealed record ReleaseLogin(string? Before, string? After, bool Passed)
{
    /// <summary>What is said of a release that was told to leave the login out.</summary>
    public const string LeftOut = "nobody logged in: SmokeTest was left out";

    /// <summary>What the smoke test is called where there are several; null for the first one.</summary>
    public string? Name { get; init; }

    /// <summary>The smoke tests after this one, in their order. The default is none.</summary>
    public IReadOnlyList<ReleaseLogin> Further { get; init; } = [];

    /// <summary>Whether all of them passed.</summary>
    [JsonIgnore]
    public bool AllPassed => All.All(login => login.Passed);

    /// <summary>This login and those after it.</summary>
    [JsonIgnore]
    public IEnumerable<ReleaseLogin> All => Further.Prepend(this);

    /// <summary>All of them in words, for a failure's closing block.</summary>
    [JsonIgnore]
    public string Text
        => string.Join("; ", All.Select(login
            => $"{login.Title}before {login.Before ?? "not tried"}; after {login.After ?? "not reached"}"));

    private string Title => Name is null ? "" : $"{Name}: ";

    /// <inheritdoc/>
    public override string ToString()
        => string.Join("; ", All.Select(login => $"{login.Title}{login.Before ?? "not tried"} → {login.After ?? "not reached"}"));
}
