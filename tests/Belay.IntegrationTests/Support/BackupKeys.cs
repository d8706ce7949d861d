using System.Security.Cryptography;
using Belay.Storage;

namespace Belay.IntegrationTests.Support;

/// <summary>Keys for tests.</summary>
internal static class BackupKeys
{
    public static BackupKey Make() => BackupKey.TryParse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))!;
}
