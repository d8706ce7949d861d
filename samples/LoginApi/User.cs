namespace LoginApi;

/// <summary>A user with the columns that the guide's model expects.</summary>
public sealed record User
{
    public required int Id { get; init; }

    public required string Username { get; init; }

    public required string? PasswordHash { get; init; }

    public required bool ClearPreviousAnomalies { get; init; }

    public required bool ShowClearWarning { get; init; }

    public required int MaxReports { get; init; }

    public required int MaxTemplates { get; init; }
}
