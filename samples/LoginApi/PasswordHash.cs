using System.Security.Cryptography;
using System.Text;

namespace LoginApi;

/// <summary>Password hashes as Werkzeug writes them: <c>pbkdf2:sha256:600000$salt$hexadecimal</c>.</summary>
public static class PasswordHash
{
    private const string Method = "pbkdf2:sha256:";
    private const int KeyBytes = 32;
    private const int SaltCharacters = 16;
    private const string SaltAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>Hashes a password with a new salt.</summary>
    public static string Create(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetString(SaltAlphabet, SaltCharacters);
        return $"{Method}{iterations}${salt}${Convert.ToHexStringLower(Derive(password, salt, iterations))}";
    }

    /// <summary>Whether the password is the one that was hashed; false for a hash in another form.</summary>
    public static bool Verify(string password, string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        if (hash.Split('$') is not [var method, var salt, var key]
            || !method.StartsWith(Method, StringComparison.Ordinal)
            || !int.TryParse(method.AsSpan(Method.Length), out var iterations)
            || iterations < 1
            || key.Length != KeyBytes * 2
            || !key.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations), Convert.FromHexString(key));
    }

    /// <summary>Werkzeug hashes with the salt's own characters, not with what they might encode.</summary>
    private static byte[] Derive(string password, string salt, int iterations)
        => Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(salt), iterations, HashAlgorithmName.SHA256, KeyBytes);
}
