using System.Reflection;
using System.Runtime.CompilerServices;
using Belay.Releases;
using Belay.Settings;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>A parameter that is declared in a library: the engine gets name and description from the declaration,
/// and the value from the checked arguments.</summary>
/// <remarks>
/// The engine's own reading is left out on purpose: it goes on with the default where a value is wrong,
/// and drops a value for which two variables are set.
/// </remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class GivenAttribute : ParameterAttribute
{
    private readonly Parameter parameter;

    /// <summary>Makes the attribute.</summary>
    /// <param name="key">The key of a parameter of the release. The default is the member's name.</param>
    public GivenAttribute([CallerMemberName] string key = "")
        : this(ReleaseParameters.All.Single(known => known.Key == key))
    {
    }

    /// <summary>Makes the attribute.</summary>
    protected GivenAttribute(Parameter parameter)
        : base(parameter?.Description)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        (this.parameter, Name) = (parameter, parameter.Key);
    }

    /// <summary>The parameter's key.</summary>
    public string Key => parameter.Key;

    /// <summary>The parameter's name, by which texts are found.</summary>
    internal string ParameterName => parameter.Name;

    /// <inheritdoc/>
    public override object? GetValue(MemberInfo member, object instance)
        => (instance as IRelease)?.Stages.Arguments.Texts.GetValueOrDefault(parameter.Name);
}
