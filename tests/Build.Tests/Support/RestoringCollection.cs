namespace Build.Tests.Support;

/// <summary>Tests that restore as the superuser of the server that all share, each of which drops whatever a killed restore
/// left there: they run one after the other, so that none drops what another has killed.</summary>
[CollectionDefinition(nameof(RestoringCollection))]
public sealed class RestoringCollection;
