using System.Collections;
using System.Linq.Expressions;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Checks what targets require before the first one runs. Never asks a question, as NUKE does on what it takes for a terminal.</summary>
/// <param name="build">The build object.</param>
/// <param name="members">Its parameters.</param>
internal sealed class RequirementChecker(NukeBuild build, IReadOnlyList<ParameterMember> members)
{
    private readonly List<string> faults = [];
    private readonly List<string> hints = [];

    /// <summary>Insists on required parameters and on the requirements of all scheduled targets.</summary>
    /// <exception cref="UsageException">At least one is not met; the message lists all.</exception>
    public void Demand()
    {
        foreach (var member in members.Where(member => member.IsRequired && IsEmpty(member.Get(build))))
        {
            Add($"Member '{member.MemberName}' is required to be not null or empty", member.MemberName);
        }

        foreach (var target in build.ScheduledTargets)
        {
            target.Definition.Requirements.ForEach(requirement => Check(target, requirement));
        }

        if (faults.Count > 0)
        {
            throw new UsageException(faults, hints.Count == 0 ? "./build.sh --help lists targets and parameters" : $"add {string.Join(" and ", hints.Distinct())}");
        }
    }

    private static bool IsEmpty(object? value) => value switch
    {
        null => true,
        string text => text.Length == 0,
        ICollection items => items.Count == 0,
        _ => false,
    };

    private void Check(ExecutableTarget target, LambdaExpression requirement)
    {
        var value = requirement.Compile(preferInterpretation: true).DynamicInvoke();
        if (value is bool holds)
        {
            if (!holds)
            {
                Add($"Target '{target.Name}' requires '{requirement.Body}'", memberName: null);
            }

            return;
        }

        if (IsEmpty(value))
        {
            var body = requirement.Body is UnaryExpression conversion ? conversion.Operand : requirement.Body;
            var name = body is MemberExpression access ? access.Member.Name : body.ToString();
            Add($"Target '{target.Name}' requires member '{name}' to be not null or empty", name);
        }
    }

    private void Add(string fault, string? memberName)
    {
        faults.Add(fault);
        if (members.FirstOrDefault(member => member.MemberName == memberName) is { } member)
        {
            hints.Add(member.IsSecret ? $"{Naming.ToVariable(member.Name)} to the environment" : $"{member.Option} <value>");
        }
    }
}
