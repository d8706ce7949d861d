using System.Text;
using Belay.Postgres;
using Npgsql;

namespace Belay.Watching.Logs;

/// <summary>Reads what a server writes into its log, from a moment on.</summary>
internal sealed class ServerLog
{
    private const int Chunk = 1024 * 1024;
    private const long MostAtOnce = 16 * Chunk;

    private const string Current = "SELECT pg_catalog.pg_current_logfile($1)";
    private const string Bytes = "SELECT pg_catalog.pg_read_binary_file($1, $2, $3, true)";
    private const string Size = "SELECT size FROM pg_catalog.pg_ls_logdir() WHERE name = $1";

    private readonly LogFormat format;
    private readonly List<byte> pending = [];
    private string text = "";
    private string file;
    private long offset;

    private ServerLog(LogFormat format, string file, long offset) => (this.format, this.file, this.offset) = (format, file, offset);

    /// <summary>How many bytes were passed over, because they came faster than anybody should read them.</summary>
    public long Skipped { get; private set; }

    /// <summary>Whether it says of which database and which program an error is.</summary>
    public bool IsPlain => format.Name == PlainLog.Name;

    /// <summary>Finds the log and its end as it is now.</summary>
    /// <exception cref="LogUnreadableException">Nobody can read it, and why.</exception>
    /// <exception cref="NpgsqlException">The server went away.</exception>
    public static async Task<ServerLog> OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var format in LogFormat.All)
            {
                if (await FileAsync(connection, format, cancellationToken) is { } file)
                {
                    await DemandLanguageAsync(connection, format, cancellationToken);
                    var log = new ServerLog(format, file, await SizeAsync(connection, file, cancellationToken));
                    // Whether it may be read is asked now and not when there is something to read.
                    await log.BytesAsync(connection, cancellationToken);
                    return log;
                }
            }
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new LogUnreadableException($"{refused.MessageText}; a superuser can allow it: docs/monitoring.md says how");
        }

        throw new LogUnreadableException(
            "the server writes no log files of its own (logging_collector is off, or log_destination names none)");
    }

    /// <summary>The errors that came since the last time.</summary>
    /// <exception cref="NpgsqlException">The server went away, or refused.</exception>
    public async Task<IReadOnlyList<LogEntry>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<LogEntry> entries = [.. await ReadFileAsync(connection, cancellationToken)];
        if (await FileAsync(connection, format, cancellationToken) is { } current && current != file)
        {
            (file, offset, text) = (current, 0, "");
            pending.Clear();
            entries.AddRange(await ReadFileAsync(connection, cancellationToken));
        }

        return entries;
    }

    private static async Task<string?> FileAsync(NpgsqlConnection connection, LogFormat format, CancellationToken cancellationToken)
        // Versions before 15 refuse the name of a form that they do not have.
        => format.Name == "jsonlog" && connection.PostgreSqlVersion.Major < 15
            ? null
            : (string?)await connection.ScalarAsync(Current, [format.Name], cancellationToken);

    private static async Task<long> SizeAsync(NpgsqlConnection connection, string file, CancellationToken cancellationToken)
        => (long?)await connection.ScalarAsync(Size, [file.Split('/', '\\')[^1]], cancellationToken) ?? 0;

    /// <summary>A log for people has no codes, and its words are those of a language.</summary>
    private static async Task DemandLanguageAsync(NpgsqlConnection connection, LogFormat format, CancellationToken cancellationToken)
    {
        var language = (string)(await connection.ScalarAsync(
            "SELECT pg_catalog.current_setting('lc_messages')", cancellationToken))!;
        if (format.Name == PlainLog.Name
            && !(language is "" or "C" or "POSIX" || language.StartsWith("C.", StringComparison.Ordinal)
                || language.StartsWith("en", StringComparison.OrdinalIgnoreCase)))
        {
            throw new LogUnreadableException(
                $"it is written for people, in the language of lc_messages = {language}; log_destination = 'csvlog' or 'jsonlog' can be "
                    + "read");
        }
    }

    private async Task<IReadOnlyList<LogEntry>> ReadFileAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await SkipAsync(connection, cancellationToken);
        List<LogEntry> entries = [];
        while (await BytesAsync(connection, cancellationToken) is { Length: > 0 } bytes)
        {
            offset += bytes.Length;
            pending.AddRange(bytes);
            var end = pending.LastIndexOf((byte)'\n') + 1;
            text += Encoding.UTF8.GetString([.. pending[..end]]);
            pending.RemoveRange(0, end);
            var (found, length) = format.Read(text);
            entries.AddRange(found);
            // What has no end after so much is nothing that can be read.
            (text, var lost) = text.Length - length > Chunk ? ("", text.Length - length) : (text[length..], 0);
            Skipped += lost;
        }

        return entries;
    }

    private async Task SkipAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var size = await SizeAsync(connection, file, cancellationToken);
        if (size < offset)
        {
            // The file was begun anew under its old name.
            (offset, text) = (0, "");
            pending.Clear();
        }

        if (size - offset > MostAtOnce)
        {
            Skipped += size - offset - MostAtOnce;
            (offset, text) = (size - MostAtOnce, "");
            pending.Clear();
        }
    }

    private async Task<byte[]?> BytesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => (byte[]?)await connection.ScalarAsync(Bytes, [file, offset, (long)Chunk], cancellationToken);
}
