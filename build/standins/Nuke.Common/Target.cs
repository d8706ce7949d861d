namespace Nuke.Common;

/// <summary>Declares a target: <c>Target Compile =&gt; _ =&gt; _.Executes(…)</c>. Its identity is the delegate instance.</summary>
public delegate ITargetDefinition Target(ITargetDefinition definition);
