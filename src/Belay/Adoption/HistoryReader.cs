using Belay.Backups;
using Belay.Migrations;
using Belay.Settings;

namespace Belay.Adoption;

/// <summary>Reads what is to be written into the history.</summary>
internal static class HistoryReader
{
    /// <summary>The settings; a part that is required and missing is a fault. What no target asks for is not looked at.</summary>
    /// <param name="required">The parts that must be there.</param>
    public static HistorySettings Read(SettingsInput input, SettingParts required, SettingsFaults faults)
    {
        var reason = input.Text(BackupParameters.Reason)?.Trim() is { Length: > 0 } text ? text : null;
        if (required.HasFlag(SettingParts.Reason) && reason is null)
        {
            faults.Add(
                "--reason is missing: it stands in the history for whoever reads it later",
                "--reason \"why the text in the file is right\"");
        }

        return new HistorySettings
        {
            Version = required.HasFlag(SettingParts.Version) ? ReadVersion(input, faults) : null,
            Reason = reason,
            From = required.HasFlag(SettingParts.Adoption) ? input.Read(AdoptionParameters.From, faults) : null,
        };
    }

    private static decimal? ReadVersion(SettingsInput input, SettingsFaults faults)
    {
        if (input.Text(MigrationParameters.Version) is null)
        {
            faults.Add(
                $"{MigrationParameters.Version} is missing: the number of a migration",
                "./build.sh Status lists the migrations with their numbers");
        }

        return input.Read(MigrationParameters.Version, faults);
    }
}
