using System.Reflection;
using Nuke.Common;

/// <summary>A parameter that is declared in the library: the engine gets name and description from the declaration, and the value from the checked arguments.</summary>
/// <remarks>
/// The engine's own reading is left out on purpose: it goes on with the default where a value is wrong, and drops a value for which two variables are set.
/// </remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
sealed class GivenAttribute : ParameterAttribute
{
    private readonly string parameter;

    /// <summary>Makes the attribute.</summary>
    /// <param name="parameter">The parameter's name, in lower case with dashes.</param>
    public GivenAttribute(string parameter)
        : base(Declarations.Parameters.Single(known => known.Name == parameter).Description)
    {
        this.parameter = parameter;
        Name = Declarations.Parameters.Single(known => known.Name == parameter).Key;
    }

    /// <summary>The parameter's name.</summary>
    public string Parameter => parameter;

    /// <inheritdoc/>
    public override object? GetValue(MemberInfo member, object instance) => Entrance.Arguments.Texts.GetValueOrDefault(parameter);
}
