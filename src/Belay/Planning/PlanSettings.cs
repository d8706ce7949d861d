using System.Globalization;
using Belay.Migrations;

namespace Belay.Planning;

/// <summary>The settings that a plan holds on to.</summary>
internal static class PlanSettings
{
    /// <summary>By their options, as people write them.</summary>
    public static IReadOnlyDictionary<string, string> Of(MigrationSettings settings) => new SortedDictionary<string, string>(
        StringComparer.Ordinal)
    {
        ["--layout"] = settings.Layout,
        ["--target-version"] = settings.TargetVersion?.ToString(CultureInfo.InvariantCulture) ?? "none",
        ["--allow-out-of-order"] = settings.AllowOutOfOrder ? "true" : "false",
        ["--require-checks"] = settings.RequireChecks ? "true" : "false",
        ["--lock-timeout"] = Quantity.Duration(settings.LockTimeout),
        ["--statement-timeout"] = Quantity.Duration(settings.StatementTimeout),
    };
}
