namespace Belay.Tool.Scaffolding;

/// <summary>What the numbers of a tool's migrations are.</summary>
internal enum NumberForm
{
    /// <summary>1, 2, 3.</summary>
    Plain,

    /// <summary>0001, 0002, 0003.</summary>
    FourDigits,

    /// <summary>000001, 000002, 000003.</summary>
    SixDigits,

    /// <summary>20251012103000.</summary>
    Time,

    /// <summary>2025-10-12-103000.</summary>
    TimeWithDashes,

    /// <summary>1760265000000: milliseconds since 1970.</summary>
    Milliseconds,
}
