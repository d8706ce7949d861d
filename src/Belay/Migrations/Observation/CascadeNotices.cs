using Npgsql;

namespace Belay.Migrations.Observation;

/// <summary>Takes what the server says while a statement runs of things that go along with what it drops.</summary>
/// <remarks>The message may be in any language; the server's function that sends it is not translated.</remarks>
internal sealed class CascadeNotices : IDisposable
{
    private const string Sender = "reportDependentObjects";

    private readonly NpgsqlConnection connection;
    private readonly List<string> lines = [];

    public CascadeNotices(NpgsqlConnection connection)
    {
        this.connection = connection;
        connection.Notice += Take;
    }

    /// <summary>What was said, a line for each thing.</summary>
    public IReadOnlyList<string> Lines => lines;

    public void Dispose() => connection.Notice -= Take;

    private void Take(object sender, NpgsqlNoticeEventArgs arguments)
    {
        if (arguments.Notice.Routine == Sender)
        {
            var text = string.IsNullOrEmpty(arguments.Notice.Detail) ? arguments.Notice.MessageText : arguments.Notice.Detail;
            lines.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }
}
