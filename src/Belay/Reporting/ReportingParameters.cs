using Belay.Settings;

namespace Belay.Reporting;

/// <summary>Where the outcome of a run goes besides its record.</summary>
internal static class ReportingParameters
{
    /// <summary>The file of a pipeline's variables.</summary>
    public static Parameter<string?> ReleaseOutputs { get; } = Declare.Variable(
        "release-outputs",
        "A file that gets the outcome for a pipeline, a line name=value each: belay_backup_id, belay_record, belay_applied, belay_outcome");

    /// <summary>Whether Status lists a database's releases.</summary>
    public static Parameter<bool> Releases { get; } = Declare.Switch(
        "releases", "Status lists the database's releases from the records in the store").SeeAlso("docs/records.md#where-they-are");

    /// <summary>The keys that records are checked with where RECORD_KEY is not.</summary>
    public static Parameter<string?> RecordPublicKey { get; } = Declare.Text(
        "record-public-key",
        "The public keys that VerifyRecords checks signatures with, as it prints them where RECORD_KEY is set; several with commas")
        .SeeAlso("docs/records.md#sealed");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [ReleaseOutputs, Releases, RecordPublicKey];
}
