using Belay.Settings;

namespace Belay.Migrators;

/// <summary>Reads which migrator runs.</summary>
internal static class MigratorReader
{
    /// <summary>The migrator; null when Belay's own runner migrates.</summary>
    public static MigratorSettings? Read(SettingsInput input, SettingsFaults faults)
    {
        var standard = new MigratorSettings { Words = [] };
        var timeout = new ParameterReader(faults).Duration("--migrator-timeout", input.MigratorTimeout, standard.Timeout, TimeSpan.FromMilliseconds(1));
        if (input.Migrator is null)
        {
            return null;
        }

        if (CommandWords.Split(input.Migrator) is { Count: > 0 } words)
        {
            return standard with { Words = words, Timeout = timeout };
        }

        faults.Add("--migrator must be a command with its quotes closed", "./build.sh Migrate --migrator \"alembic upgrade head\"");
        return null;
    }
}
