using Belay.Local.Node;
using Belay.Storage.S3;

namespace Belay.Local;

/// <summary>A running s3rver, an S3 server that keeps objects as files, on 127.0.0.1 with a key of its own.</summary>
/// <remarks>
/// It checks version 4 signatures. It does not check Content-MD5, ignores If-Match and If-None-Match where something is written,
/// and can neither list nor abort an unfinished upload.
/// </remarks>
public sealed class S3rverServer : IAsyncDisposable
{
    private readonly S3rverOptions options;
    private readonly NodeServerProcess process;

    private S3rverServer(S3rverOptions options, NodeServerProcess process)
    {
        this.options = options;
        this.process = process;
    }

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public int Port => process.Port;

    /// <summary>The access key, to start again with the same one.</summary>
    public Secret SecretAccessKey => options.SecretAccessKey;

    /// <summary>Starts as the options say; the same folder, port and key bring back the data of an earlier run.</summary>
    /// <param name="options">The folder, port and key.</param>
    /// <exception cref="NodeServerException">It cannot be installed, or does not answer within a minute.</exception>
    public static async Task<S3rverServer> StartAsync(S3rverOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(Path.Combine(options.Folder, "data"));
        var modules = await NpmInstallation.EnsureAsync(
            NodePackages.S3rver, options.InstallFolder, options.TimeProvider, cancellationToken);
        var script = Path.Combine(Path.GetDirectoryName(modules)!, "server.js");
        return new S3rverServer(
            options,
            await NodeServerProcess.StartAsync(
                options.Port, NodePackages.S3rver, port => Launch(options, script, port), cancellationToken));
    }

    /// <summary>The location of a bucket, which must be created before it is used.</summary>
    public S3StoreLocation Location(string bucket) => new()
    {
        Bucket = bucket,
        Access = new S3Access
        {
            Endpoint = new Uri($"http://127.0.0.1:{Port}"),
            AccessKeyId = options.AccessKeyId,
            SecretAccessKey = options.SecretAccessKey,
        },
    };

    /// <summary>Ends the server, letting it answer first.</summary>
    public Task StopAsync() => process.StopAsync();

    /// <summary>Ends the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
    }

    private static NodeServerLaunch Launch(S3rverOptions options, string script, int port) => new()
    {
        Package = NodePackages.S3rver,
        Folder = options.Folder,
        Arguments = [script, Path.Combine(options.Folder, "data"), $"{port}"],
        Environment = new Dictionary<string, string?>
        {
            ["S3RVER_ACCESS_KEY_ID"] = options.AccessKeyId,
            ["S3RVER_SECRET_ACCESS_KEY"] = options.SecretAccessKey.Reveal(),
        },
        Port = port,
        TimeProvider = options.TimeProvider,
        Path = "",
        IsAnswer = answer => answer.Content.Headers.ContentType?.MediaType == "application/xml",
    };
}
