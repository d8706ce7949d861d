namespace Belay.Tests.Support;

/// <summary>What the running test has; every file of the test projects names its members without this class.</summary>
internal static class CurrentTest
{
    /// <summary>Cancelled when the test is to end: with its time-out, or with the whole run.</summary>
    public static CancellationToken Token => TestContext.Current.CancellationToken;
}
