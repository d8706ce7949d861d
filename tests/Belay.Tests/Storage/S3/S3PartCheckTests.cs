using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Belay.Storage.S3;

namespace Belay.Tests.Storage.S3;

public sealed class S3PartCheckTests
{
    private static readonly byte[] Sent = Convert.FromHexString("900150983cd24fb0d6963f7d28e17f72");

    [Theory]
    [InlineData("\"900150983cd24fb0d6963f7d28e17f72\"", false)]
    [InlineData("900150983CD24FB0D6963F7D28E17F72", false)]
    [InlineData("\"d41d8cd98f00b204e9800998ecf8427e\"", true)]
    [InlineData("\"an-etag-of-another-kind\"", false)]
    [InlineData(null, false)]
    public void Notices_the_MD5_of_other_bytes(string? tag, bool isOther)
        => Assert.Equal(isOther, S3PartCheck.IsOther(new UploadPartResponse { ETag = tag }, Sent));

    [Fact]
    public void Takes_no_ETag_for_an_MD5_where_a_key_changes_it()
    {
        var answer = new UploadPartResponse { ETag = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) };
        Assert.True(S3PartCheck.IsOther(answer, Sent));

        answer.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
        Assert.False(S3PartCheck.IsOther(answer, Sent));

        answer.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256;
        Assert.True(S3PartCheck.IsOther(answer, Sent));
    }
}
