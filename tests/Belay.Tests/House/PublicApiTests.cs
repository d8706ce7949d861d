using PublicApiGenerator;

namespace Belay.Tests.House;

/// <summary>What the library offers to <c>build/</c> and to other projects stands in a file beside this one, so that a type that
/// becomes public, or a member that goes, is seen in review. Everything that nobody outside names is internal.</summary>
public sealed class PublicApiTests
{
    private const string Accepted = "tests/Belay.Tests/House/PublicApi.txt";

    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        ExcludeAttributes =
        [
            "System.Runtime.CompilerServices.RequiredMemberAttribute",
            "System.Runtime.CompilerServices.CompilerFeatureRequiredAttribute",
        ],
    };

    [Fact]
    public void The_public_surface_is_the_one_that_was_accepted()
    {
        var found = Path.Combine(AppContext.BaseDirectory, "PublicApi.txt");
        File.WriteAllText(found, typeof(BelayException).Assembly.GeneratePublicApi(Options).ReplaceLineEndings("\n") + "\n");
        var accepted = File.ReadAllLines(Path.Combine(Checkout.Root, Accepted));
        var actual = File.ReadAllLines(found);

        Assert.True(
            accepted.SequenceEqual(actual),
            $"""
            The library's public surface is not the accepted one.
            New: {Listed(actual, accepted)}
            Gone: {Listed(accepted, actual)}
            Hint: make internal what no other project names; if the change is meant, cp {Checkout.Name(found)} {Accepted}
            """);
    }

    private static string Listed(string[] lines, string[] others)
        => string.Join("; ", Qualified(lines).Except(Qualified(others))) is { Length: > 0 } listed ? listed : "nothing";

    /// <summary>Each member with its type, since many types have a member of the same line.</summary>
    private static IEnumerable<string> Qualified(string[] lines)
    {
        var type = "";
        foreach (var line in lines.Select(line => line.TrimEnd()))
        {
            var isMember = line.StartsWith("        ", StringComparison.Ordinal);
            type = isMember || line.Trim() is "{" or "}" ? type : line.Trim();
            yield return isMember ? $"{type.Split(" : ")[0]}: {line.Trim()}" : line.Trim();
        }
    }
}
