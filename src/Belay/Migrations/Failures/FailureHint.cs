using Npgsql;

namespace Belay.Migrations.Failures;

/// <summary>What to do after a migration failed, by the server's error code.</summary>
/// <param name="StatementTimeout">The longest run of one statement that it had.</param>
internal sealed record FailureHint(string FileName, TimeSpan StatementTimeout, string Next)
{
    /// <summary>The server's code for a new enum value that is used before the transaction that added it was committed.</summary>
    public const string UncommittedEnumValue = "55P04";

    private const string InvalidTransactionTermination = "2D000";

    /// <summary>Whether the script has a BEGIN of its own, which cannot stand beside the directive.</summary>
    public bool HasTransaction { get; init; }

    /// <summary>Whether the script runs outside a transaction already.</summary>
    public bool IsOutside { get; init; }

    /// <summary>Whether the statement was cancelled for the sake of those who waited behind it.</summary>
    public bool GaveUp { get; init; }

    /// <summary>What Belay did when its own statement failed; null when a statement of the script did.</summary>
    public string? Own { get; init; }

    /// <summary>The hint.</summary>
    /// <param name="failure">What the server or the connection said.</param>
    public string Of(Exception failure) => (failure as PostgresException)?.SqlState switch
    {
        null or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            => $"the session was ended from outside and {FileName} need not be to blame: find out why in the server's log, then {Next}",
        PostgresErrorCodes.DiskFull => $"make room on the server's disk, then {Next}",
        PostgresErrorCodes.ReadOnlySqlTransaction when Own is not null
            =>
                $"the script makes its transaction read-only, and its history could not be written: take READ ONLY out of {FileName}, "
                    + $"then {Next}",
        _ when Own is not null => $"put right in the database what the message says; {FileName} itself ran, then {Next}",
        PostgresErrorCodes.LockNotAvailable => Waiting,
        PostgresErrorCodes.QueryCanceled when GaveUp => Waiting,
        PostgresErrorCodes.QueryCanceled
            => $"a statement may run for {Quantity.Duration(StatementTimeout)}: allow more with --statement-timeout, or for this file with "
                + $"\"-- belay: statement-timeout 1h\" in its first line; or find out who cancelled it, then {Next}",
        PostgresErrorCodes.ActiveSqlTransaction or InvalidTransactionTermination when !IsOutside
            =>
                "put \"-- belay: no-transaction\" into the first line of "
                    + $"{FileName}{(HasTransaction ? ", take its BEGIN and COMMIT out" : "")}, then {Next}",
        UncommittedEnumValue
            => $"put ALTER TYPE … ADD VALUE into a migration before {FileName}: a new value can be used after its COMMIT; then {Next}",
        _ => $"correct {FileName} or the database, then {Next}",
    };

    private string Waiting => $"end the sessions that hold the locks, or wait for a quieter time, then {Next}";
}
