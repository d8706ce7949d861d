namespace Belay.SmokeTests;

/// <summary>What the smoke test asks of an application.</summary>
public enum SmokeMode
{
    /// <summary>A login with the right password, and one with a wrong one.</summary>
    Login,

    /// <summary>An address that answers as expected, without a login.</summary>
    Health,
}
