using System.Text;
using Nuke.Common.Execution;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Output;

/// <summary>The text of <c>--help</c>.</summary>
internal static class HelpText
{
    private const int Gap = 3;

    /// <summary>Prints targets and parameters.</summary>
    public static void Write(IReadOnlyCollection<ExecutableTarget> targets, IReadOnlyCollection<ParameterMember> members)
        => Console.Write(Render([.. targets.Where(target => target.Listed)], [.. members.Where(member => member.IsListed)]));

    private static string Render(List<ExecutableTarget> targets, List<ParameterMember> members)
    {
        var text = new StringBuilder().AppendLine("Targets (with their direct dependencies):").AppendLine();
        var nameWidth = targets.Select(target => Title(target).Length).DefaultIfEmpty().Max() + Gap;
        foreach (var target in targets)
        {
            var needs = string.Join(", ", target.ExecutionDependencies.Select(other => other.Name));
            text.AppendLine($"  {Title(target).PadRight(nameWidth)}{(needs.Length == 0 ? string.Empty : $"-> {needs}")}".TrimEnd());
            if (!string.IsNullOrEmpty(target.Description))
            {
                text.AppendLine($"    {target.Description}");
            }
        }

        text.AppendLine().AppendLine("Parameters:").AppendLine();
        var optionWidth = members.Select(member => member.Option.Length).DefaultIfEmpty().Max() + Gap;
        Append(text, members.Where(member => !member.IsEngine), optionWidth);
        text.AppendLine();
        Append(text, members.Where(member => member.IsEngine), optionWidth);
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<ParameterMember> members, int optionWidth)
    {
        foreach (var member in members)
        {
            text.AppendLine($"  {member.Option.PadRight(optionWidth)}{member.Description ?? "<no description>"}");
        }
    }

    private static string Title(ExecutableTarget target) => target.IsDefault ? $"{target.Name} (default)" : target.Name;
}
