using System.Runtime.CompilerServices;
using Belay.Nuke;

/// <summary>A parameter of this repository's own, declared in <see cref="DevelopmentParameters"/>.</summary>
/// <param name="key">The parameter's key. The default is the member's name.</param>
[AttributeUsage(AttributeTargets.Property)]
sealed class OwnAttribute([CallerMemberName] string key = "")
    : GivenAttribute(DevelopmentParameters.All.Single(known => known.Key == key));
