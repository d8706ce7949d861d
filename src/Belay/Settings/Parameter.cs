namespace Belay.Settings;

/// <summary>One thing that a run can be told, declared once: the check of arguments, the help, the
/// README's table and the settings come from here.</summary>
public abstract class Parameter
{
    private protected Parameter(string name, string help)
    {
        Name = name;
        Help = help;
    }

    /// <summary>The name in lower case with dashes, without the two before it: <c>retention-days</c>.</summary>
    public string Name { get; }

    /// <summary>What it means, in one line without its default.</summary>
    public string Help { get; }

    /// <summary>The name that it had in earlier releases, which is still taken on the command line; null for none.</summary>
    public string? FormerName { get; init; }

    /// <summary>What its text is.</summary>
    public abstract ParameterKind Kind { get; }

    /// <summary>The default as a person would type it, or in words; null when nothing is assumed.</summary>
    public string? Default { get; init; }

    /// <summary>Where it may be given. The default is everywhere.</summary>
    public ParameterSources Sources { get; init; } = ParameterSources.All;

    /// <summary>Whether the whole value is a secret. An address that may hold one is not.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The page that says more, as a link from the repository's root; null for none.</summary>
    public string? Page { get; private set; }

    /// <summary>As typed on the command line: <c>--retention-days</c>.</summary>
    public string Option => $"--{Name}";

    /// <summary>As set in the environment: <c>RETENTION_DAYS</c>.</summary>
    public string Variable => Name.Replace('-', '_').ToUpperInvariant();

    /// <summary>As written in a parameters file, and the member's name in a build: <c>RetentionDays</c>.</summary>
    public string Key => string.Concat(Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The help with the default behind it.</summary>
    public string Description => Default is null ? Help : $"{Help} (default: {Default})";

    /// <summary>What is wrong with a text, after the name of its source; null when it can be read.</summary>
    /// <param name="text">The text as it was given.</param>
    internal abstract string? FaultOf(string text);

    /// <summary>Names the page that says more; called where the parameter is declared.</summary>
    private protected void SetPage(string page) => Page = page;

    /// <inheritdoc/>
    public override string ToString() => Option;
}
