namespace Belay.IntegrationTests.Support.Pooling;

/// <summary>Debian's pgbouncer.</summary>
internal static class PgBouncerPackage
{
    private static readonly DebianPackage Package = new("pgbouncer", "usr/sbin/pgbouncer");

    /// <summary>The folder that the package is unpacked in. Skips the test where apt cannot fetch it.</summary>
    public static Task<string> ProvideAsync(CancellationToken cancellationToken) => Package.ProvideAsync(cancellationToken);

    public static string ProgramIn(string root) => Package.ProgramIn(root);

    /// <summary>Where the libraries are that came along.</summary>
    public static string LibrariesIn(string root) => DebianPackage.LibrariesIn(root);
}
