namespace Belay.Layouts.Sqitch;

/// <summary>Reads the order of changes from a sqitch plan.</summary>
/// <remarks>The format is described in <c>sqitchchanges</c>: pragmas begin with %, tags with @, comments with #; a change may begin with +
/// and a revert with -.</remarks>
internal static class SqitchPlan
{
    public static IReadOnlyList<SqitchChange> Read(string path, string text, List<string> faults)
    {
        var changes = new List<SqitchChange>();
        var latest = new Dictionary<string, int>(StringComparer.Ordinal);
        var tags = new List<(string Name, int After)>();
        var lines = text.Split('\n');
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1].Trim();
            if (line.Length == 0 || line[0] is '%' or '#')
            {
                continue;
            }

            var name = line.Split([' ', '\t'], 2)[0];
            if (name[0] == '@')
            {
                tags.Add((name, changes.Count));
            }
            else if (name[0] == '-')
            {
                faults.Add($"{path}:{number}: {name} takes a change back in the middle of the plan");
            }
            else
            {
                Add(name.TrimStart('+'), number);
            }
        }

        return changes;

        // A change of the same name again is a rework: the scripts of the earlier one were renamed by a tag that followed it.
        void Add(string name, int number)
        {
            if (latest.TryGetValue(name, out var earlier))
            {
                var between = tags.Where(tag => tag.After > earlier).Select(tag => tag.Name).Reverse().ToArray();
                if (between.Length == 0)
                {
                    faults.Add($"{path}:{number}: {name} is in the plan twice without a tag between");
                    return;
                }

                changes[earlier] = changes[earlier] with { ReworkTags = between };
            }

            latest[name] = changes.Count;
            changes.Add(new SqitchChange(name, number));
        }
    }
}
