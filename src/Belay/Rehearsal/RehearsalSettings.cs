using Belay.Settings;

namespace Belay.Rehearsal;

/// <summary>Whether to rehearse, and what a rehearsal may not exceed.</summary>
internal sealed record RehearsalSettings
{
    /// <summary>Whether Migrate rehearses first.</summary>
    public bool BeforeMigrate { get; init; }

    /// <summary>A database of the server that the copy is made on; null for a server of our own.</summary>
    public DatabaseTarget? Scratch { get; init; }

    /// <summary>The longest time that a lock may keep readers or writers from a table; zero for any.</summary>
    public TimeSpan MaximumLock { get; init; }

    /// <summary>The longest run of all migrations together; zero for any.</summary>
    public TimeSpan MaximumDuration { get; init; }

    /// <summary>The most bytes of write-ahead log; 0 for any.</summary>
    public long MaximumWal { get; init; }

    /// <summary>Whether no table with rows may be rewritten.</summary>
    public bool NoRewrite { get; init; }

    /// <summary>The command that starts the application on the copy, or tests the copy; null for none.</summary>
    public IReadOnlyList<string>? SmokeCommand { get; init; }

    /// <summary>The role that the command connects as; null for the one that migrates, which may do everything on the copy.</summary>
    public string? SmokeRole { get; init; }

    /// <summary>How long the command may run that serves no login. The default is 10 minutes.</summary>
    public TimeSpan SmokeCommandTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The options that ask for more than a rehearsal does anyway, and mean nothing without one.</summary>
    public IReadOnlyList<string> Conditions
    {
        get
        {
            string?[] asked =
            [
                MaximumLock == TimeSpan.Zero ? null : RehearsalParameters.MaxLock.Option,
                MaximumDuration == TimeSpan.Zero ? null : RehearsalParameters.MaxDuration.Option,
                MaximumWal == 0 ? null : RehearsalParameters.MaxWal.Option,
                NoRewrite ? RehearsalParameters.NoRewrite.Option : null,
                SmokeCommand is null ? null : RehearsalParameters.SmokeCommand.Option,
            ];
            return [.. asked.OfType<string>()];
        }
    }

    /// <summary>Reads them.</summary>
    /// <param name="faults">Takes what cannot be read.</param>
    public static RehearsalSettings Read(SettingsInput input, SettingsFaults faults) => new()
    {
        BeforeMigrate = input.Read(RehearsalParameters.Rehearse, faults),
        Scratch = input.Text(RehearsalParameters.ScratchUrl) is { } address ? faults.Collect(() => ParseScratch(address)) : null,
        MaximumLock = input.Read(RehearsalParameters.MaxLock, faults),
        MaximumDuration = input.Read(RehearsalParameters.MaxDuration, faults),
        MaximumWal = input.Read(RehearsalParameters.MaxWal, faults),
        NoRewrite = input.Read(RehearsalParameters.NoRewrite, faults),
        SmokeCommand = input.Read(RehearsalParameters.SmokeCommand, faults),
        SmokeRole = ReadRole(input, faults),
        SmokeCommandTimeout = input.Read(RehearsalParameters.SmokeCommandTimeout, faults),
    };

    private static string? ReadRole(SettingsInput input, SettingsFaults faults)
    {
        var role = input.Read(RehearsalParameters.SmokeRole, faults);
        if (role is not null && input.Text(RehearsalParameters.SmokeCommand) is null)
        {
            faults.Add("--smoke-role is set, and nothing connects as it without --smoke-command", "add --smoke-command, or leave it out");
        }

        return role;
    }

    private static DatabaseTarget ParseScratch(string address)
    {
        try
        {
            return DatabaseUrl.Parse(address);
        }
        catch (SettingsException fault)
        {
            throw new SettingsException(
                fault.Message.Replace("DATABASE_URL", "SCRATCH_URL", StringComparison.Ordinal),
                fault.Hint?.Replace("DATABASE_URL", "SCRATCH_URL", StringComparison.Ordinal));
        }
    }
}
