namespace Build.Tests.Consumers;

/// <summary>Tests that make packages of one project, whose intermediate files are one folder: they run one after the other.</summary>
[CollectionDefinition(nameof(PackingCollection))]
public sealed class PackingCollection;
