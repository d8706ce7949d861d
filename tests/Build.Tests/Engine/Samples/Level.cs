namespace Build.Tests.Engine.Samples;

/// <summary>An enum for a parameter.</summary>
public enum Level
{
    Low,
    VeryHigh,
}
