using Belay.Settings;

namespace Belay.Migrators;

/// <summary>Reads which migrator runs.</summary>
internal static class MigratorReader
{
    /// <summary>The migrator; null when Belay's own runner migrates.</summary>
    public static MigratorSettings? Read(SettingsInput input, SettingsFaults faults)
    {
        var timeout = input.Read(MigratorParameters.MigratorTimeout, faults);
        if (input.Text(MigratorParameters.Migrator) is not { } command)
        {
            return null;
        }

        if (CommandWords.Split(command) is { Count: > 0 } words)
        {
            return new MigratorSettings { Words = words, Timeout = timeout };
        }

        faults.Add("--migrator must be a command with its quotes closed", "./build.sh Migrate --migrator \"alembic upgrade head\"");
        return null;
    }
}
