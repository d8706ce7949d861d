using Belay.Postgres;

namespace Belay.Servers;

/// <summary>How a private server is made and run.</summary>
public sealed record PostgresServerOptions
{
    /// <summary>The programs; must have the server's.</summary>
    public required PostgresTools Tools { get; init; }

    /// <summary>The server's own folder: data, log, password and owner. A cluster is created when there is none in it.</summary>
    public required string Folder { get; init; }

    /// <summary>The port on 127.0.0.1; null for a free one.</summary>
    public int? Port { get; init; }

    /// <summary>Whether data survives a crash of the machine (fsync). The default is yes; tests and
    /// scratch servers need not wait for the disk.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Whether the server is meant to run on after this process: then nobody sweeps it away as a leftover, and disposing leaves it
    /// alone. The default is no.</summary>
    public bool OutlivesOwner { get; init; }

    /// <summary>The clock for waiting. The default is the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>More settings of postgresql.conf by their names.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
