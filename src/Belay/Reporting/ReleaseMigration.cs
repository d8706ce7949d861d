namespace Belay.Reporting;

/// <summary>A migration that a release applied.</summary>
/// <param name="Name">Its file name without the ending: <c>0001_add_user_analysis_preferences</c>.</param>
/// <param name="AppliedUtc">When it was committed.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record ReleaseMigration(string Name, DateTimeOffset AppliedUtc, double Seconds);
