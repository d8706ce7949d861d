namespace Belay.Sql;

/// <summary>What a statement does to the transaction it stands in.</summary>
internal enum TransactionWord
{
    /// <summary>Nothing; savepoints count as nothing.</summary>
    None,

    /// <summary><c>BEGIN</c> or <c>START TRANSACTION</c>.</summary>
    Begin,

    /// <summary><c>COMMIT</c> or <c>END</c>.</summary>
    Commit,

    /// <summary><c>ROLLBACK</c>, <c>PREPARE TRANSACTION</c>, <c>COMMIT AND CHAIN</c> and the like.</summary>
    Other,
}
