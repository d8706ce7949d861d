using FsCheck;

namespace Belay.Tests.Support;

/// <summary>Tries a property with made-up values; silent unless it finds some that contradict it, which it then shows in the
/// failure.</summary>
internal static class Properties
{
    /// <summary>Tries it as often as is said.</summary>
    public static void MustHold(this Property property, int times = 100)
        => Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(times), property);
}
