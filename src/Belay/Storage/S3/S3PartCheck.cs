using Amazon.S3;
using Amazon.S3.Model;

namespace Belay.Storage.S3;

/// <summary>Reads from a part's answer whether the store has the bytes that were sent.</summary>
/// <remarks>
/// Content-MD5 makes Amazon's S3 refuse a damaged part; a server that ignores it still answers with the MD5 of what it got, as
/// the part's ETag. With a key of KMS or of the customer the ETag is something else.
/// </remarks>
internal static class S3PartCheck
{
    private const int Md5Digits = 32;

    /// <summary>Whether the ETag is an MD5, and not the one of the bytes sent.</summary>
    public static bool IsOther(UploadPartResponse answer, byte[] sent)
    {
        var tag = answer.ETag?.Trim('"') ?? "";
        var isPlain = string.IsNullOrEmpty(answer.SSECustomerAlgorithm)
            && (string.IsNullOrEmpty(answer.ServerSideEncryptionMethod?.Value)
                || answer.ServerSideEncryptionMethod == ServerSideEncryptionMethod.AES256);
        return isPlain
            && tag.Length == Md5Digits
            && tag.All(char.IsAsciiHexDigit)
            && !tag.Equals(Convert.ToHexString(sent), StringComparison.OrdinalIgnoreCase);
    }
}
