using Belay.Settings.Tokens;

namespace Belay.Tests.Settings.Tokens;

/// <summary>Issues <c>token 1</c>, <c>token 2</c> and so on.</summary>
internal sealed class CountingTokens(TimeProvider timeProvider, TimeSpan life) : ITokenSource
{
    public int Issued { get; private set; }

    public async Task<DatabaseToken> IssueAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        return new DatabaseToken(new Secret($"token {++Issued}"), timeProvider.GetUtcNow() + life);
    }
}
