using Belay.Settings;

namespace Belay.Storage;

/// <summary>What says where backups go.</summary>
public static class StoreParameters
{
    /// <summary>The store's address; one with a secret only in the environment.</summary>
    public static Parameter<string?> BackupStore { get; } = Declare.Text(
        "backup-store",
        "Where backups go: https://account.blob.core.windows.net/container, s3://bucket/prefix or file:///path; one with a secret only in "
            + "the environment");

    /// <summary>The prefix below which backups are written.</summary>
    public static Parameter<string?> BackupPrefix { get; } = Declare.Text("backup-prefix", "Prefix below which backups are written");

    /// <summary>The container, where the store's address names none.</summary>
    public static Parameter<string?> BackupContainer { get; } = Declare.Variable(
        "backup-container", "The container, where the address of a storage account names none");

    /// <summary>The usual variable of a storage account.</summary>
    public static Parameter<string?> AzureStorageConnectionString { get; } =
        Declare.Secret("azure-storage-connection-string", "Read when BACKUP_STORE is not set");

    /// <summary>The secret half of an AWS access key.</summary>
    public static Parameter<string?> AwsSecretAccessKey { get; } = Declare.Secret(
        "aws-secret-access-key", "The secret half of AWS_ACCESS_KEY_ID");

    /// <summary>The token of a temporary AWS access key.</summary>
    public static Parameter<string?> AwsSessionToken { get; } = Declare.Secret(
        "aws-session-token", "The token of a temporary AWS access key");

    /// <summary>The secret of an Azure application.</summary>
    public static Parameter<string?> AzureClientSecret { get; } = Declare.Secret(
        "azure-client-secret", "The secret of the application that signs in to Azure");

    /// <summary>The key that backups are encrypted with, in Base64.</summary>
    public static Parameter<string?> BackupKey { get; } =
        Declare.Secret("backup-key", "The key that backups are encrypted with: 32 random bytes in Base64; in Azure only");

    /// <summary>The file with that key.</summary>
    public static Parameter<string?> BackupKeyFile { get; } = Declare.Variable(
        "backup-key-file", "The file with that key, which nobody else may read; instead of BACKUP_KEY");

    /// <summary>The key that manifests are sealed with, in Base64.</summary>
    public static Parameter<string?> RecordKey { get; } =
        Declare.Secret(
            "record-key", "The key that manifests and records are sealed with, which the gate then demands: 32 random bytes in Base64")
            .SeeAlso("docs/backups.md#who-is-trusted");

    /// <summary>The file with that key.</summary>
    public static Parameter<string?> RecordKeyFile { get; } = Declare.Variable(
        "record-key-file", "The file with that key; instead of RECORD_KEY");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        BackupStore, BackupPrefix, BackupContainer, AzureStorageConnectionString, AzureClientSecret, AwsSecretAccessKey, AwsSessionToken,
        BackupKey, BackupKeyFile, RecordKey, RecordKeyFile,
    ];
}
