namespace Belay.IntegrationTests.Recovery.Restoring;

/// <summary>Tests that restore on the server that all tests share, each of which drops whatever a killed restore left there: they run one
/// after the other, so that none drops what another has laid out.</summary>
[CollectionDefinition(nameof(RestoringCollection))]
public sealed class RestoringCollection;
