using System.Reflection;
using System.Runtime.CompilerServices;
using Belay.Settings;
using Nuke.Common;

/// <summary>A parameter that is declared in the library: the engine gets name and description from the declaration,
/// and the value from the checked arguments.</summary>
/// <remarks>
/// The engine's own reading is left out on purpose: it goes on with the default where a value is wrong,
/// and drops a value for which two variables are set.
/// </remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
sealed class GivenAttribute : ParameterAttribute
{
    private readonly Parameter parameter;

    /// <summary>Makes the attribute.</summary>
    /// <param name="key">The parameter's key. The default is the member's name.</param>
    public GivenAttribute([CallerMemberName] string key = "")
        : this(Declarations.Parameters.Single(known => known.Key == key))
    {
    }

    private GivenAttribute(Parameter parameter)
        : base(parameter.Description)
        => (this.parameter, Name) = (parameter, parameter.Key);

    /// <summary>The parameter's key.</summary>
    public string Key => parameter.Key;

    /// <inheritdoc/>
    public override object? GetValue(MemberInfo member, object instance) => Entrance.Arguments.Texts.GetValueOrDefault(parameter.Name);
}
