namespace Nuke.Common;

/// <summary>Declares a target: <c>Target Compile =&gt; _ =&gt; _.Executes(…)</c>. Its identity is the delegate instance.</summary>
/// <param name="definition">The definition to complete.</param>
public delegate ITargetDefinition Target(ITargetDefinition definition);
