using System.Globalization;

namespace Belay.Settings;

/// <summary>Writes the address of a database, for programs that read <c>DATABASE_URL</c>.</summary>
internal static class DatabaseAddress
{
    /// <summary>The address as libpq reads it. It holds the password.</summary>
    public static string Of(DatabaseTarget target) => Uri(target, "postgresql", target.Options);

    /// <summary>The address in the form of another one, because an application reads one form alone: the scheme of an address
    /// (<c>postgresql+psycopg2</c>), Npgsql's or libpq's keys. It holds the password.</summary>
    /// <param name="model">The other address; null for libpq's form.</param>
    public static string Like(DatabaseTarget target, string? model)
    {
        var text = model?.Trim() ?? "postgresql://";
        if (text.IndexOf("://", StringComparison.Ordinal) is > 0 and var end)
        {
            // What follows a plus names a driver, which may refuse an option that it does not know.
            var scheme = text[..end];
            return Uri(target, scheme, scheme.Contains('+', StringComparison.Ordinal) ? new Dictionary<string, string>() : target.Options);
        }

        return text.Contains(';', StringComparison.Ordinal)
            ? $"Host={target.Hosts[0].Name};Port={Text(target.Hosts[0].Port)};Database={Quoted(target.Database, '"', "\"\"")};"
                + $"Username={Quoted(target.Username, '"', "\"\"")};Password={Quoted(target.Password?.Reveal() ?? "", '"', "\"\"")}"
            : $"host={target.Hosts[0].Name} port={Text(target.Hosts[0].Port)} dbname={LibpqValue(target.Database)} "
                + $"user={LibpqValue(target.Username)} password={LibpqValue(target.Password?.Reveal() ?? "")}";
    }

    private static string Uri(DatabaseTarget target, string scheme, IReadOnlyDictionary<string, string> from)
    {
        var user = System.Uri.EscapeDataString(target.Username)
            + (target.Password is { } password ? $":{System.Uri.EscapeDataString(password.Reveal())}" : "");
        var hosts = string.Join(',', target.Hosts.Select(host => $"{System.Uri.EscapeDataString(host.Name)}:{Text(host.Port)}"));
        var options = string.Join('&', from.Select(option => $"{option.Key}={System.Uri.EscapeDataString(option.Value)}"));
        return $"{scheme}://{user}@{hosts}/{System.Uri.EscapeDataString(target.Database)}{(options.Length == 0 ? "" : $"?{options}")}";
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static string LibpqValue(string value)
        => Quoted(value.Replace("\\", "\\\\", StringComparison.Ordinal), '\'', "\\'");

    private static string Quoted(string value, char quote, string inside)
        => $"{quote}{value.Replace($"{quote}", inside, StringComparison.Ordinal)}{quote}";
}
