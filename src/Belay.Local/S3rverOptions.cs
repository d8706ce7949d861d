using System.Security.Cryptography;
using Belay.Local.Node;

namespace Belay.Local;

/// <summary>How to run one s3rver.</summary>
public sealed record S3rverOptions
{
    /// <summary>Where it keeps its data and its log; created when missing.</summary>
    public required string Folder { get; init; }

    /// <summary>Where its packages are installed, once for all; <c>.nuke/temp/s3rver</c> of the checkout by default.</summary>
    public string InstallFolder { get; init; } = NodePackages.DefaultFolderOf(NodePackages.S3rver);

    /// <summary>The TCP port on 127.0.0.1; null for a free one.</summary>
    public int? Port { get; init; }

    /// <summary>The access key's id.</summary>
    public string AccessKeyId { get; init; } = "belay-tests";

    /// <summary>The access key; a random one by default.</summary>
    public Secret SecretAccessKey { get; init; } = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)));

    /// <summary>Measures how long it takes to answer and to end.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
