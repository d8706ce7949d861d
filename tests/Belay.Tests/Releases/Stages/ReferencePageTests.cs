using System.Reflection;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;
using Belay.Tests.House;

namespace Belay.Tests.Releases.Stages;

public sealed class ReferencePageTests
{
    [Fact]
    public void The_page_is_as_Refresh_would_write_it()
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "reference.md"));

        Assert.Equal(ReferencePage.Refresh(text), text);
        Assert.Contains(string.Join('\n', ReferencePage.Lines), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_target_has_a_section_and_every_parameter_a_row_of_six_cells()
    {
        Assert.Equal(
            ReleaseStages.All.Select(stage => $"### {stage.Name}"),
            ReferencePage.Lines.Where(line => line.StartsWith("### ", StringComparison.Ordinal)));
        Assert.Equal(
            ReleaseParameters.All.Select(
                parameter => parameter.Sources.HasFlag(ParameterSources.CommandLine) ? parameter.Option : parameter.Variable),
            ReferencePage.Lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line =>
            {
                var cells = line.Replace("\\|", "", StringComparison.Ordinal).Split('|')[1..^1];
                Assert.Equal(6, cells.Length);
                return cells[0].Trim(' ', '`');
            }));
    }

    [Fact]
    public void Every_exit_code_has_a_meaning_of_its_own()
    {
        var declared = typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (int)field.GetRawConstantValue()!);

        Assert.Equal(declared.Order(), ExitCodes.Meanings.Select(exit => exit.Code));
        Assert.Distinct(ExitCodes.Meanings.Select(exit => exit.Meaning));
    }
}
