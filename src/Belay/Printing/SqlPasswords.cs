using System.Text.RegularExpressions;

namespace Belay.Printing;

/// <summary>Takes the passwords out of a statement that is to be shown or recorded. They are masked in these places alone: registered as
/// secrets, words that developers take for passwords would vanish from everything.</summary>
internal static partial class SqlPasswords
{
    /// <summary>The statement with three asterisks in place of each password: <c>PASSWORD '…'</c> of a role, <c>password '…'</c> among the
    /// options of a user mapping, and <c>password=…</c> in a connection string.</summary>
    public static string Mask(string sql)
        => sql.Contains("password", StringComparison.OrdinalIgnoreCase)
            ? InConnection().Replace(Literal().Replace(sql, "$1'***'"), "$1***")
            : sql;

    [GeneratedRegex(@"(\bpassword\s+)(?:E|U&)?'(?:[^'\\]|''|\\.)*'", RegexOptions.IgnoreCase)]
    private static partial Regex Literal();

    [GeneratedRegex(@"(\bpassword\s*=\s*)(?:''(?:[^'])*''|[^\s'"";&]+)", RegexOptions.IgnoreCase)]
    private static partial Regex InConnection();
}
