using System.Text.RegularExpressions;

namespace Belay.Settings;

/// <summary>Reads a database address in every form that people paste.</summary>
/// <remarks>
/// <c>postgresql://</c> and <c>postgres://</c> as libpq reads them, the same with a SQLAlchemy driver (<c>postgresql+psycopg2://</c>),
/// <c>jdbc:postgresql://</c>, libpq's <c>host=… dbname=…</c> and Npgsql's <c>Host=…;Database=…</c>.
/// </remarks>
public static partial class DatabaseUrl
{
    /// <summary>Reads the address. Faults never repeat the text, which may hold a password.</summary>
    /// <param name="text">The address; spaces and one pair of quotes around it are taken off.</param>
    /// <exception cref="SettingsException">It cannot be read, is incomplete, or asks for what Belay cannot do.</exception>
    public static DatabaseTarget Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var address = Unwrap(text);
        if (address.Length == 0)
        {
            throw DatabaseUrlFaults.Fault("DATABASE_URL is empty");
        }

        if (SchemePattern().Match(address) is { Success: true } scheme)
        {
            return ConnectionParameters.ToTarget(DatabaseUri.Read(scheme.Groups[1].Value, address[scheme.Length..]));
        }

        return ConnectionParameters.ToTarget(
            NpgsqlPattern().IsMatch(address) ? NpgsqlKeyValues.Read(address) : LibpqKeyValues.Read(address));
    }

    private static string Unwrap(string text)
    {
        var address = text.Trim();
        if (address.StartsWith("psql ", StringComparison.Ordinal))
        {
            address = address[5..].Trim();
        }

        var quoted = address.Length >= 2 && address[0] is '"' or '\'' && address[^1] == address[0];
        return quoted ? address[1..^1].Trim() : address;
    }

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9+.:-]*)://")]
    private static partial Regex SchemePattern();

    /// <summary>A first pair that ends with a semicolon, before nothing or another pair.</summary>
    [GeneratedRegex("""^[A-Za-z][A-Za-z _]*=\s*("[^"]*"|'[^']*'|[^;'"]*);\s*($|[A-Za-z][A-Za-z _]*=)""")]
    private static partial Regex NpgsqlPattern();
}
