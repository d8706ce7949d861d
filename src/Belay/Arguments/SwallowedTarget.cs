namespace Belay.Arguments;

/// <summary>A target that was typed behind an option, which takes every word up to the next one.</summary>
/// <param name="Target">The target by the name it is declared with.</param>
/// <param name="Option">The option, as it was typed.</param>
internal sealed record SwallowedTarget(string Target, string Option)
{
    /// <summary>How to write what was meant.</summary>
    public string Hint => $"targets come before the first option: ./build.sh {Target} {Option} …";

    /// <summary>The target that is probably meant by one of the words; null if there is none.</summary>
    /// <param name="words">What stands behind an option, without the value that it takes.</param>
    /// <param name="targets">The targets that exist.</param>
    /// <remarks>The words are not repeated to the reader: one of them may be a password.</remarks>
    public static string? In(IReadOnlyList<string> words, IReadOnlyList<string> targets)
        => targets.FirstOrDefault(target => words.Any(word => Names.Same(word, target)))
            ?? words.Select(word => Names.Near(word, targets)).FirstOrDefault(near => near is not null);

    /// <summary>The one that is probably meant where no target stands before the options; null if there is none.</summary>
    /// <param name="targets">The targets that exist.</param>
    /// <remarks>The first word may be a value that sounds like a target, so it must be one exactly. Behind --skip targets are meant to
    /// stand.</remarks>
    public static SwallowedTarget? Find(IEnumerable<TypedOption> options, IReadOnlyList<string> targets)
    {
        var others = options.Where(option => !Names.Same(option.Name, EngineOptions.Skip)).ToList();
        return others.Select(option => Of(option, In([.. option.Words.Skip(1)], targets))).FirstOrDefault(found => found is not null)
            ?? others.Select(option => Of(option, targets.FirstOrDefault(target => option.Words.Any(word => Names.Same(word, target)))))
                .FirstOrDefault(found => found is not null);

        static SwallowedTarget? Of(TypedOption option, string? target) => target is null ? null : new(target, option.Name);
    }
}
