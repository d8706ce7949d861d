using System.Net.Sockets;
using System.Security.Cryptography;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;
using Belay.Storage.Network;

namespace Belay.Storage.Azure;

/// <summary>Turns the SDK's errors into messages that name the store, the object, the status and the error code, and no key.</summary>
/// <param name="Store">The store as people may see it.</param>
internal sealed record AzureFaults(string Store) : NetworkFaults(Store)
{
    /// <summary>Why the signature is not valid now, as a clause; null when its times do not tell. The default never tells.</summary>
    public Func<string?> SignatureFault { get; init; } = () => null;

    /// <summary>A cancellation that nobody asked for is a time limit that ran out.</summary>
    public static bool IsStoreFault(Exception fault, CancellationToken cancellationToken) => fault switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException aggregate => aggregate.InnerExceptions.Any(inner => IsStoreFault(inner, cancellationToken)),
        RequestFailedException
            or AuthenticationFailedException
            or CryptographicException
            or IOException
            or SocketException
            or HttpRequestException => true,
        _ => false,
    };

    protected override bool IsFault(Exception fault, CancellationToken cancellationToken) => IsStoreFault(fault, cancellationToken);

    public override StoreException Explain(string verb, string name, Exception fault)
    {
        var cause = fault is AggregateException { InnerExceptions: [.., var last] } ? last : fault;
        var what = $"Cannot {verb} '{name}' in {Store}: ";
        return cause switch
        {
            RequestFailedException { Status: > 0 } refused => Refused(what, refused),
            AuthenticationFailedException => new StoreException(
                what + "no Azure identity could sign in.",
                "Run az login, or give this machine a managed identity with the role 'Storage Blob Data Contributor'.",
                cause),
            CryptographicException => new DamagedObjectException(
                $"{what}its bytes cannot be decrypted: they are not those that were written.", cause),
            OperationCanceledException => new StoreException(
                what + "the store did not answer in time.", "Look at the network and run the command again.", cause),
            _ => Unreachable(what, cause),
        };
    }

    private StoreException Refused(string what, RequestFailedException fault)
    {
        if (fault.Status == 403 && SignatureFault() is { } reason)
        {
            return new StoreException(
                $"{what}{reason} (HTTP 403, {fault.ErrorCode ?? "no error code"}).",
                "Make a new signature, or set this machine's clock, and export BACKUP_STORE again.");
        }

        var code = fault.ErrorCode ?? "no error code";
        var hint = (fault.Status, fault.ErrorCode) switch
        {
            (404, "ContainerNotFound") => "Create the container, or give Belay the right to create it.",
            (403, "AuthenticationFailed") => "The account key or the signature is wrong or expired; copy it again.",
            (403, "AuthorizationFailure") =>
                "The account key or signature is wrong, or the account's firewall does not let this machine in.",
            (403, _) => "The signature or role needs the rights read, add, create, write, delete and list on the container.",
            (409, "ContainerBeingDeleted") => "Wait until the container is gone, then create it anew.",
            (412, "LeaseIdMissing") => "A restore or rehearsal is using this backup; run the command again when it has ended.",
            (>= 500 or 429, _) => "The store is busy or broken; run the command again later.",
            _ => null,
        };
        var meaning = (fault.Status, fault.ErrorCode) switch
        {
            (404, "ContainerNotFound") => "the container does not exist",
            (403, "AuthenticationFailed") => "the key or signature was not accepted",
            (403, _) => "not permitted",
            _ => "the store refused",
        };
        return new StoreException($"{what}{meaning} (HTTP {fault.Status}, {code}).", hint, fault.Status == 403 ? null : fault);
    }

    private static StoreException Unreachable(string what, Exception fault)
    {
        var innermost = fault.GetBaseException();
        return new StoreException(
            $"{what}{innermost.Message.TrimEnd('.')}.",
            "Look at the network, the proxy and the account's name, then run the command again.",
            fault);
    }

    /// <summary>Whether the store says that an object of the name is there already.</summary>
    public static bool IsTaken(RequestFailedException fault)
        => fault.Status is 409 or 412
            && (fault.ErrorCode == BlobErrorCode.BlobAlreadyExists || fault.ErrorCode == BlobErrorCode.ConditionNotMet);
}
