namespace Belay.SmokeTests;

/// <summary>Addresses as people may see them.</summary>
internal static class AddressText
{
    /// <summary>Scheme, host, port and path, without user, password, query and fragment.</summary>
    public static string Of(Uri address) => Redaction.Apply($"{address.Scheme}://{address.Authority}{address.AbsolutePath}");
}
