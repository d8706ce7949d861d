sealed partial class Build
{
    [Own] string? Suite { get; set; }
    [Own] string? Size { get; set; }
    [Own] string? Users { get; set; }
    [Own] string? Report { get; set; }
    [Own] string? Rounds { get; set; }
    [Own] string? Only { get; set; }
    [Own] string? Histories { get; set; }
}
