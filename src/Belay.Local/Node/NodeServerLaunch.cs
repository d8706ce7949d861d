namespace Belay.Local.Node;

/// <summary>How a server on Node.js is started and known to answer.</summary>
internal sealed record NodeServerLaunch
{
    /// <summary>The server's package.</summary>
    public required NpmPackage Package { get; init; }

    /// <summary>Where its data and its log are.</summary>
    public required string Folder { get; init; }

    /// <summary>Node's arguments: the script and what follows it.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Variables of its environment; a secret goes here, because others can read a command line.</summary>
    public required IReadOnlyDictionary<string, string?> Environment { get; init; }

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public required int Port { get; init; }

    /// <summary>Measures how long it takes to answer and to end.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>The path that is asked until it answers.</summary>
    public required string Path { get; init; }

    /// <summary>Whether an answer is this server's, not that of another program on the port.</summary>
    public required Func<HttpResponseMessage, bool> IsAnswer { get; init; }
}
