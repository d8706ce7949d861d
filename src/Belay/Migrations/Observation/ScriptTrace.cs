using Belay.Printing;
using Belay.Sql;

namespace Belay.Migrations.Observation;

/// <summary>Keeps what the scripts of a run did, for its record. What it keeps is bounded, however long a script is and however much it
/// says.</summary>
internal sealed class ScriptTrace(TimeProvider timeProvider)
{
    private const int MostStatements = 500;
    private const int MostNotices = 50;
    private const int MostWaits = 50;
    private const int LongestText = 4000;
    private const int ShortestText = 100;

    /// <summary>How many characters are kept of all texts together; of what comes after them, the beginning of each.</summary>
    private const int MostText = 4 << 20;

    private readonly Lock gate = new();
    private readonly List<TracedScript> scripts = [];
    private long begun;
    private int kept;
    private long entered;

    /// <summary>The scripts so far, in order.</summary>
    public IReadOnlyList<TracedScript> Scripts
    {
        get
        {
            lock (gate)
            {
                return [.. scripts];
            }
        }
    }

    /// <summary>A script begins.</summary>
    public void Begin(string fileName)
    {
        lock (gate)
        {
            scripts.Add(new TracedScript { FileName = fileName, StartedUtc = timeProvider.GetUtcNow() });
            begun = timeProvider.GetTimestamp();
        }
    }

    /// <summary>The script that began last is over.</summary>
    /// <param name="completed">Whether it came to its end.</param>
    public void End(bool completed)
        => Change(script => script with { Completed = completed, Seconds = timeProvider.GetElapsedTime(begun).TotalSeconds });

    /// <summary>A statement begins. One that ran before begins again, and so do those after it.</summary>
    public void Enter(ScriptStatement statement)
    {
        entered = timeProvider.GetTimestamp();
        Change(script =>
        {
            var (line, column) = (statement.Position.Line, statement.Position.Column);
            var before = script.Statements.TakeWhile(one => (one.Line, one.Column).CompareTo((line, column)) < 0).ToList();
            var again = before.Count < script.Statements.Count;
            var (statements, leftOut) = before.Count < MostStatements
                ? ([.. before, Begun(statement)], again ? 0 : script.StatementsLeftOut)
                : (before, script.StatementsLeftOut + 1);
            return script with
            {
                Statements = statements,
                StatementsLeftOut = leftOut,
                Attempts = script.Attempts + (again ? 1 : 0),
            };
        });
    }

    /// <summary>The statement is over.</summary>
    /// <param name="completed">Whether it ended without an error.</param>
    /// <param name="rows">The rows that the server counted; below 0 where it counts none.</param>
    public void Leave(bool completed, long rows) => ChangeStatement(statement => statement with
    {
        Completed = completed,
        Rows = rows < 0 ? null : rows,
        Seconds = timeProvider.GetElapsedTime(entered).TotalSeconds,
    });

    /// <summary>The server said something.</summary>
    public void Notice(string text) => ChangeStatement(statement => statement.Notices.Count < MostNotices
        ? statement with { Notices = [.. statement.Notices, Shortened(text)] }
        : statement with { NoticesLeftOut = statement.NoticesLeftOut + 1 });

    /// <summary>The script waits for a lock, or has got it.</summary>
    public void Wait(string text) => Change(script => script.LockWaits.Count < MostWaits
        ? script with { LockWaits = [.. script.LockWaits, Shortened(text)] }
        : script);

    private TracedStatement Begun(ScriptStatement statement) => new()
    {
        Line = statement.Position.Line,
        Column = statement.Position.Column,
        Sql = Shortened(SqlPasswords.Mask(statement.Sql)),
    };

    private string Shortened(string text)
    {
        var longest = kept < MostText ? LongestText : ShortestText;
        kept += Math.Min(text.Length, longest);
        return Redaction.Cut(text, longest);
    }

    private void ChangeStatement(Func<TracedStatement, TracedStatement> change)
        => Change(script => script is { Statements: [.., var last], StatementsLeftOut: 0 }
            ? script with { Statements = [.. script.Statements.SkipLast(1), change(last)] }
            : script);

    private void Change(Func<TracedScript, TracedScript> change)
    {
        lock (gate)
        {
            if (scripts.Count > 0)
            {
                scripts[^1] = change(scripts[^1]);
            }
        }
    }
}
