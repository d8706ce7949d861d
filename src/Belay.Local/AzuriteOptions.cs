using System.Security.Cryptography;
using Belay.Local.Node;

namespace Belay.Local;

/// <summary>How to run one Azurite.</summary>
public sealed record AzuriteOptions
{
    /// <summary>Where it keeps its data and its log; created when missing.</summary>
    public required string Folder { get; init; }

    /// <summary>Where its packages are installed, once for all; <c>.nuke/temp/azurite</c> of the checkout by default.</summary>
    public string InstallFolder { get; init; } = NodePackages.DefaultFolderOf(NodePackages.Azurite);

    /// <summary>Told when its packages must be installed first. The default is nobody.</summary>
    public Action<string>? Told { get; init; }

    /// <summary>The TCP port on 127.0.0.1; null for a free one.</summary>
    public int? Port { get; init; }

    /// <summary>The storage account's name.</summary>
    public string Account { get; init; } = "belaylocal";

    /// <summary>The storage account's key in Base64; a random one by default, so that no other program
    /// writes into it by accident.</summary>
    public Secret AccountKey { get; init; } = new(Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)));

    /// <summary>Whether the server goes on when this process ends and <see cref="AzuriteServer.DisposeAsync"/> leaves it alone.</summary>
    public bool OutlivesThisProcess { get; init; }

    /// <summary>Measures how long it takes to answer and to end.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
