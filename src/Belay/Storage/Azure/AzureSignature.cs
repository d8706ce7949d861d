using System.Globalization;

namespace Belay.Storage.Azure;

/// <summary>When a shared access signature is valid: <c>st=</c> and <c>se=</c> of its query, in UTC.</summary>
/// <param name="Begins">From when; null for at once.</param>
/// <param name="Ends">Until when; null when a stored access policy says it.</param>
internal sealed record AzureSignature(DateTimeOffset? Begins, DateTimeOffset? Ends)
{
    /// <summary>Reads the times of a location's signature; none when it has no signature.</summary>
    public static AzureSignature Of(AzureStoreLocation location) => Read(
        location.SignedContainerUri is { } address ? new Uri(address.Reveal()).Query
        : location.ConnectionString?.Reveal()
            .Split(';')
            .FirstOrDefault(part => part.TrimStart().StartsWith(Name, StringComparison.OrdinalIgnoreCase))?.TrimStart()[Name.Length..]
                ?? "");

    /// <summary>Why it is not valid at a time, as a clause; null when its times do not tell.</summary>
    public string? FaultAt(DateTimeOffset now)
        => Ends <= now ? $"the shared access signature expired at {Quantity.Utc(Ends.Value)}"
            : Begins > now
                ? $"the shared access signature is not valid before {Quantity.Utc(Begins.Value)}, and here it is {Quantity.Utc(now)}"
            : null;

    private const string Name = "SharedAccessSignature=";

    private static AzureSignature Read(string query)
    {
        var times = query.TrimStart('?').Split('&').Select(parameter => parameter.Split('=', 2)).Where(pair => pair is ["st" or "se", _])
            .ToLookup(pair => pair[0], pair => Time(Uri.UnescapeDataString(pair[1])), StringComparer.Ordinal);
        return new AzureSignature(times["st"].FirstOrDefault(), times["se"].FirstOrDefault());
    }

    private static DateTimeOffset? Time(string text)
        => DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time
                : null;
}
