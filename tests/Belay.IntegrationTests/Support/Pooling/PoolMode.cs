namespace Belay.IntegrationTests.Support.Pooling;

/// <summary>PgBouncer's pool modes, in its own words.</summary>
internal enum PoolMode
{
    Session,
    Transaction,
    Statement,
}
