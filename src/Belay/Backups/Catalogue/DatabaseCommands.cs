using System.Text;

namespace Belay.Backups.Catalogue;

/// <summary>The commands that make a database like another.</summary>
internal static class DatabaseCommands
{
    /// <summary>psql's variable that names the new database in <see cref="Script"/>.</summary>
    private const string Variable = ":\"database\"";

    /// <summary>Settings whose values are lists of names, which the catalogue keeps quoted already:
    /// GUC_LIST_QUOTE in PostgreSQL's guc_tables.c.</summary>
    private static readonly string[] Lists =
        [
            "local_preload_libraries",
            "search_path",
            "session_preload_libraries",
            "shared_preload_libraries",
            "temp_tablespaces",
            "unix_socket_directories",
        ];

    /// <summary>CREATE DATABASE with encoding and locale, from template0, which alone takes any.</summary>
    /// <param name="definition">What it is to be like.</param>
    /// <param name="name">The new database's name as SQL.</param>
    /// <returns>The command without a semicolon.</returns>
    public static string Create(DatabaseDefinition definition, string name)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var provider = definition.LocaleProvider switch
        {
            "icu" =>
                " LOCALE_PROVIDER icu ICU_LOCALE "
                    + $"{Text(definition.Locale ?? "")}{(definition.IcuRules is { } rules ? $" ICU_RULES {Text(rules)}" : "")}",
            "builtin" => $" LOCALE_PROVIDER builtin BUILTIN_LOCALE {Text(definition.Locale ?? "")}",
            _ => "",
        };
        return $"CREATE DATABASE {name} TEMPLATE template0 ENCODING {Text(definition.Encoding)} LC_COLLATE {Text(definition.Collation)} "
            + $"LC_CTYPE {Text(definition.CharacterType)}{provider}";
    }

    /// <summary>What comes after CREATE DATABASE: tablespace, comment, settings, privileges, owner.</summary>
    /// <param name="definition">What it is to be like.</param>
    /// <param name="name">The new database's name as SQL.</param>
    /// <returns>The commands without semicolons; a setting whose value is not known becomes a comment.</returns>
    public static IEnumerable<string> Finish(DatabaseDefinition definition, string name)
    {
        ArgumentNullException.ThrowIfNull(definition);
        string?[] once =
        [
            definition.Tablespace == "pg_default" ? null : $"ALTER DATABASE {name} SET TABLESPACE {SqlName.Quote(definition.Tablespace)}",
            definition.Comment is { } comment ? $"COMMENT ON DATABASE {name} IS {Text(comment)}" : null,
            definition.ConnectionLimit == -1 ? null : $"ALTER DATABASE {name} CONNECTION LIMIT {definition.ConnectionLimit}",
            definition.IsTemplate ? $"ALTER DATABASE {name} IS_TEMPLATE true" : null,
        ];
        return [
            .. once.OfType<string>(),
            .. definition.Settings.Select(setting => Set(setting, name)),
            .. Grants(definition, name),
            $"ALTER DATABASE {name} OWNER TO {SqlName.Quote(definition.Owner)}",
        ];
    }

    /// <summary>All of it for psql, which does it only when its variable <c>database</c> names the new database.</summary>
    /// <param name="definition">What it is to be like.</param>
    public static string Script(DatabaseDefinition definition)
    {
        var script = new StringBuilder(
            "\n-- The database itself, only with: psql -v database=name\n\\if :{?database}\nSET client_encoding = 'UTF8';\nSET "
                + "standard_conforming_strings = on;\n");
        foreach (var command in Finish(definition, Variable).Prepend(Create(definition, Variable)))
        {
            script.Append(command).Append(";\n");
        }

        return script.Append("\\endif\n").ToString();
    }

    /// <summary>The command that gives a setting to a database's sessions; a comment where its value is not told.</summary>
    /// <param name="name">The database's name in double quotes.</param>
    public static string Set(DatabaseSetting setting, string name)
    {
        var whose = setting.Role is null ? $"ALTER DATABASE {name}" : $"ALTER ROLE {SqlName.Quote(setting.Role)} IN DATABASE {name}";
        var parameter = string.Join('.', setting.Name.Split('.').Select(SqlName.Quote));
        return setting.Value switch
        {
            null => $"-- {whose} SET {parameter}: the value stands in the dump alone",
            { Length: > 0 } list when Lists.Contains(setting.Name) => $"{whose} SET {parameter} TO {list}",
            var value => $"{whose} SET {parameter} TO {Text(value)}",
        };
    }

    private static IEnumerable<string> Grants(DatabaseDefinition definition, string name)
        => definition.Privileges is not { } privileges ? [] :
        [
            $"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
            .. privileges.Select(privilege =>
                $"GRANT {privilege.Name} ON DATABASE {name} TO "
                    + $"{(privilege.Role is { } role ? SqlName.Quote(role) : "PUBLIC")}"
                    + $"{(privilege.IsGrantable ? " WITH GRANT OPTION" : "")}"),
        ];

    private static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
