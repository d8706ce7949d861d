namespace Belay.Settings;

/// <summary>What a role shows the server in place of nothing.</summary>
public enum DatabaseAuthentication
{
    /// <summary>The password of <c>DATABASE_URL</c>, of <c>PGPASSWORD</c> or of a password file, or none.</summary>
    Password,

    /// <summary>A token of Microsoft Entra ID, as Azure Database for PostgreSQL takes it.</summary>
    Entra,

    /// <summary>A token signed with AWS keys, as Amazon RDS and Aurora take it.</summary>
    AwsIam,
}
