namespace Belay.Settings.Tokens;

/// <summary>Issues passwords that expire.</summary>
internal interface ITokenSource
{
    /// <summary>Issues a new one, which takes a request to somebody as a rule.</summary>
    Task<DatabaseToken> IssueAsync(CancellationToken cancellationToken);
}
