using Npgsql;

namespace Belay.Layouts.Foreign;

/// <summary>Where a tool keeps its history, and how it is read. Its tables are never written to.</summary>
internal interface IForeignHistory
{
    /// <summary>The name of its table, in any case.</summary>
    string Table { get; }

    /// <summary>The schema that the tool makes for its table, which counts whatever the role's search_path is;
    /// null when it has none of its own.</summary>
    string? Schema => null;

    /// <summary>Whether its entries can be adopted, or its presence alone is noticed.</summary>
    bool IsAdoptable => true;

    /// <summary>Whether a table of that name is the tool's.</summary>
    bool Owns(ForeignTable table);

    /// <summary>Reads what is applied.</summary>
    Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken);
}
