namespace Belay.Local;

/// <summary>The roles of the sample database.</summary>
/// <param name="OwnerPassword">The password of <see cref="Owner"/>.</param>
/// <param name="ApiPassword">The password of <see cref="Api"/>.</param>
public sealed record SampleRoles(Secret OwnerPassword, Secret ApiPassword)
{
    /// <summary>The role that owns the database and runs migrations. The default is <c>belay_owner</c>.</summary>
    public string Owner { get; init; } = "belay_owner";

    /// <summary>The role of the login API, which may only read <c>"user"</c>. The default is <c>login_api</c>.</summary>
    public string Api { get; init; } = "login_api";
}
