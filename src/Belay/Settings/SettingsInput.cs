namespace Belay.Settings;

/// <summary>What a run was told, as text: the parameters that were given, from wherever they may be given, and the environment.</summary>
/// <remarks>All are text so that a bad one is Belay's own fault to report, with all others.</remarks>
public sealed record SettingsInput
{
    /// <summary>The folder that relative paths start from.</summary>
    public required string RootFolder { get; init; }

    /// <summary>The environment's variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The texts of the parameters that were given, by the parameters' names. The default is none.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();

    /// <summary>The clock by which passwords expire. The default is the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The text of a parameter, from the environment's variable of its name where it may stand there;
    /// null when none was given.</summary>
    internal string? Text(Parameter parameter)
        => Given.GetValueOrDefault(parameter.Name)
            ?? (parameter.Sources.HasFlag(ParameterSources.Environment) ? Variable(parameter.Variable) : null);

    /// <summary>The value of a parameter; its default and a fault when its text cannot be read.</summary>
    internal T Read<T>(Parameter<T> parameter, SettingsFaults faults) => parameter.Read(Text(parameter), faults);

    /// <summary>The same without some parameters and their variables.</summary>
    internal SettingsInput Without(params Parameter[] parameters) => this with
    {
        Given = Given.Where(pair => !parameters.Any(parameter => parameter.Name == pair.Key)).ToDictionary(),
        Environment = Environment.Where(pair => !parameters.Any(parameter => parameter.Variable == pair.Key)).ToDictionary(),
    };

    /// <summary>A variable's value; null when it is unset or empty.</summary>
    internal string? Variable(string name) => Environment.TryGetValue(name, out var value) && value.Trim().Length > 0 ? value.Trim() : null;
}
