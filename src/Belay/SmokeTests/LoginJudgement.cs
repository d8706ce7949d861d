namespace Belay.SmokeTests;

/// <summary>What a login before a migration says about the release.</summary>
internal static class LoginJudgement
{
    private const double Doubled = 2;

    /// <summary>Below this nobody notices whether an answer takes twice as long.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether no migration mends it: nobody answers, or somebody who is not the application, or one who does not know the
    /// user. A 5xx may be what the migration is for.</summary>
    public static bool IsHopeless(LoginFault fault)
        => fault is LoginFault.NoAnswer or LoginFault.Tls or LoginFault.NotFound or LoginFault.Redirected or LoginFault.Refused;

    /// <summary>A warning where a login takes more than twice as long as before; null where not.</summary>
    /// <param name="before">The login before the migration; null when none was tried.</param>
    /// <param name="after">The login after it.</param>
    public static string? Slower(LoginAttempt? before, LoginAttempt after)
        => before is { Succeeded: true } && after.Duration > Noticed && after.Duration > before.Duration * Doubled
            ? $"The login took {Quantity.Duration(before.Duration)} before the migration and takes {Quantity.Duration(after.Duration)} now"
            : null;
}
