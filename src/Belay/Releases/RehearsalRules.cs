using Belay.Migrations;
using Belay.Migrators;
using Belay.Planning;
using Belay.Recovery;
using Belay.Rehearsal;
using Belay.Risks;
using Belay.Settings;

namespace Belay.Releases;

/// <summary>Refuses what asks for a rehearsal, or for something that only a rehearsal heeds, where none takes place: nobody is to believe
/// that there was one.</summary>
internal static class RehearsalRules
{
    private const string LeaveOut = "leave one of them out";

    /// <summary>What a run was told, rehearsing where nothing was said of it and a rehearsal is possible.</summary>
    public static SettingsInput Rehearsing(SettingsInput input)
    {
        var isPossible = input.Text(MigratorParameters.Migrator) is null && !input.Read(MigrationParameters.DryRun, new SettingsFaults());
        return isPossible && input.Text(RehearsalParameters.Rehearse) is null
            ? input with { Given = input.Given.Append(KeyValuePair.Create(RehearsalParameters.Rehearse.Name, "true")).ToDictionary() }
            : input;
    }

    /// <summary>Adds what would not be heeded to the faults.</summary>
    /// <param name="required">The parts of the settings that the run needs.</param>
    public static void Demand(ReleaseSettings settings, SettingsInput input, SettingParts required, SettingsFaults faults)
    {
        var rehearsal = settings.Rehearsal;
        if (settings.Migrator is not null)
        {
            DemandOwnRunner(settings, input, faults);
        }

        if (!required.HasFlag(SettingParts.RehearsalFirst))
        {
            return;
        }

        if (settings.OnFailure != FailurePolicy.Stop && !rehearsal.BeforeMigrate)
        {
            faults.Add(
                $"--on-failure {settings.OnFailure.ToString().ToLowerInvariant()} needs --rehearse: what was not tried in this release is "
                    + "not done by itself",
                "add --rehearse, or leave --on-failure out: then both ways back are named");
        }

        if (settings.DryRun && rehearsal.BeforeMigrate)
        {
            faults.Add(
                "--rehearse is set, and with --dry-run nothing is rehearsed",
                $"{LeaveOut}; ./build.sh Rehearse tries the migrations on a copy and leaves the database alone");
        }
        else if (!rehearsal.BeforeMigrate && rehearsal.Conditions is [_, ..] conditions)
        {
            faults.Add(
                $"{string.Join(", ", conditions)} {(conditions.Count == 1 ? "is" : "are")} set, and without a rehearsal nothing is held "
                    + "against that",
                settings.DryRun ? $"./build.sh Rehearse heeds {(conditions.Count == 1 ? "it" : "them")}" : "add --rehearse");
        }
    }

    private static void DemandOwnRunner(ReleaseSettings settings, SettingsInput input, SettingsFaults faults)
    {
        if (settings.Rehearsal.BeforeMigrate)
        {
            faults.Add("--rehearse is set, and with --migrator nothing is rehearsed", LeaveOut);
        }

        if (settings.Risks.Policy == RiskPolicy.Refuse)
        {
            faults.Add("--risk refuse is set, and with --migrator no risks are looked for", LeaveOut);
        }

        if (input.Text(PlanningParameters.PlanFile) is not null)
        {
            faults.Add("--plan-file is set, and with --migrator there is no plan", LeaveOut);
        }
    }
}
