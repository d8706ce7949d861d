namespace Belay.Storage;

/// <summary>How uploads are encrypted before they leave this machine.</summary>
/// <param name="Algorithm">The format, for people.</param>
/// <param name="KeyId">What tells the key from others without giving it away; never the key.</param>
public sealed record ObjectEncryption(string Algorithm, string KeyId);
