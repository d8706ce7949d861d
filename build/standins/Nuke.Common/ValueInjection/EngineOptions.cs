namespace Nuke.Common.ValueInjection;

/// <summary>The engine's own options.</summary>
internal sealed class EngineOptions(CommandLine line)
{
    public IReadOnlyList<string>? Skip => line.List(nameof(Skip));

    public string[] Profile => [.. line.Find(nameof(Profile)) ?? []];

    public Verbosity Verbosity
        => line.Find(nameof(Verbosity)) is [var word] && Enum.TryParse<Verbosity>(word, ignoreCase: true, out var verbosity)
            ? verbosity
            : Verbosity.Normal;

    public bool NoLogo => line.IsOn(nameof(NoLogo));
}
