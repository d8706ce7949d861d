using Npgsql;

namespace Belay.Layouts.Foreign;

/// <summary>A migration tool whose history can be read. Its tables are never written to.</summary>
internal interface IForeignTool
{
    /// <summary>Its name, as <c>--from</c> takes it.</summary>
    string Name { get; }

    /// <summary>The name of its table.</summary>
    string Table { get; }

    /// <summary>Whether a table of that name is the tool's.</summary>
    bool Owns(ForeignTable table);

    /// <summary>Reads what is applied.</summary>
    Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken);
}
