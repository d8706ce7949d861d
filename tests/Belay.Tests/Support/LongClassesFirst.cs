using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Belay.Tests.Support.LongClassesFirst))]

namespace Belay.Tests.Support;

/// <summary>Begins a run with the classes that are marked as long; each class is a collection of its own.</summary>
internal sealed class LongClassesFirst : ITestCollectionOrderer
{
    private static readonly string[] Names =
    [
        .. Assembly.GetExecutingAssembly().GetTypes()
            .Where(type => type.GetCustomAttribute<LongAttribute>() is not null)
            .Select(type => type.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection
        => [.. testCollections.OrderByDescending(IsLong)];

    private static bool IsLong<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
        => Names.Any(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal));
}
