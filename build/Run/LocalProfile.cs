using Belay;
using Belay.Local;
using Belay.Releases;
using Belay.Settings;

/// <summary>How <c>--profile local</c> changes the settings: database, store and login are the local parts', whatever the shell says.</summary>
static class LocalProfile
{
    private const SettingParts Provided = SettingParts.Database | SettingParts.Store | SettingParts.Smoke;

    /// <summary>The settings without what the profile provides, and the names of variables and parameters that are ignored.</summary>
    public static (ReleaseSettings Settings, IReadOnlyList<string> Ignored) Read(RunRequest request)
    {
        var ignored = LocalVariables.Ignored(request.Input.Environment);
        var input = request.Input with
        {
            Environment = request.Input.Environment.Where(pair => !ignored.Contains(pair.Key)).ToDictionary(),
            Given = request.Input.Given.Where(pair => pair.Key is not ("backup-store" or "backup-prefix" or "smoke-url")).ToDictionary(),
        };
        return (SettingsReader.Read(input, request.Required & ~Provided), ignored);
    }

    /// <summary>The settings with the local parts in place.</summary>
    public static ReleaseSettings Apply(ReleaseSettings settings, LocalSettings local)
        => settings with { Database = local.Database, Store = local.Store, Smoke = local.Smoke };

    /// <summary>Where the local parts live.</summary>
    public static LocalOptions Options(RunRequest request, IReleaseOutput output) => new() { RootFolder = request.Input.RootFolder, Output = output };
}
