namespace Belay.Tests.Support;

/// <summary>Marks a class whose tests take long one after another: it begins with the run, so that it does not go on when all others have
/// ended.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LongAttribute : Attribute;
