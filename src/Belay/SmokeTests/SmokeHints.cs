namespace Belay.SmokeTests;

/// <summary>What to do about a failed login; the guide's troubleshooting where it has the case.</summary>
internal static class SmokeHints
{
    private const string Retry = "then run ./build.sh SmokeTest";

    /// <summary>The next steps for a fault.</summary>
    /// <param name="fault">Why the login did not succeed.</param>
    /// <param name="mode">What was asked: an address without a login knows no user and no token.</param>
    public static string For(LoginFault fault, SmokeMode mode) => fault switch
    {
        LoginFault.SchemaMismatch or LoginFault.ServerError =>
            "verify that all columns exist with ./build.sh Verify; check the application's logs for other messages; restart the "
                + "application servers "
            + $"so that they detect the new schema; check that the application's models match the database's schema; {Retry}",
        LoginFault.NoAnswer
            or LoginFault.NotFound => $"check --smoke-url, and that the application runs and can be reached from here; {Retry}",
        LoginFault.Tls =>
            $"check the host in --smoke-url and the server's certificate; trust its authority on this machine (SSL_CERT_FILE), {Retry}",
        LoginFault.Refused when mode == SmokeMode.Health =>
            $"check --smoke-url, and SMOKE_HEADER where the address wants one; {Retry}",
        LoginFault.Refused => $"check SMOKE_USERNAME and SMOKE_PASSWORD; {Retry}",
        LoginFault.Redirected => $"give the final address as --smoke-url; {Retry}",
        LoginFault.BadToken =>
            $"name the token's field with --smoke-token-field when it is an unusual one; check the clocks of both machines; {Retry}",
        LoginFault.TryLater => $"wait until the application takes logins again; {Retry}",
        _ => $"check --smoke-url and the application's logs; {Retry}",
    };
}
