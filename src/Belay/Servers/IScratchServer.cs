using Belay.Postgres;
using Belay.Settings;

namespace Belay.Servers;

/// <summary>A server on which a database is made, tried and thrown away; disposing leaves nothing of it.</summary>
internal interface IScratchServer : IAsyncDisposable
{
    /// <summary>Whether the whole server is thrown away, so that its roles and its log are the database's alone.</summary>
    bool IsOwn { get; }

    /// <summary>The server's version, for people.</summary>
    string Version { get; }

    /// <summary>The database that is connected to for making others.</summary>
    DatabaseTarget Maintenance { get; }

    /// <summary>What a database is called here.</summary>
    string NameOf(string database);

    /// <summary>A database of this server by its name there, as the role that may do most there.</summary>
    DatabaseTarget Target(string database);

    /// <summary>Takes the name of a database that is about to be made, so that no other run takes what comes of it for left by a killed
    /// one.</summary>
    Task ReserveAsync(string database, CancellationToken cancellationToken);

    /// <summary>Marks the database that was just made, so that a later run finds it when this one is killed.</summary>
    Task ClaimAsync(string database, CancellationToken cancellationToken);

    /// <summary>Makes the server what it is when nothing is restored.</summary>
    Task SettleAsync(CancellationToken cancellationToken);

    /// <summary>Whether a database is one that was made here to be thrown away.</summary>
    /// <param name="database">What the database says of itself.</param>
    /// <param name="address">The address that its server says it has.</param>
    bool Has(DatabaseIdentity database, string address);
}
