namespace Belay.SmokeTests;

/// <summary>Why a login did not succeed.</summary>
internal enum LoginFault
{
    /// <summary>It succeeded.</summary>
    None,

    /// <summary>No connection, or no answer in time.</summary>
    NoAnswer,

    /// <summary>The server's certificate is not trusted, or TLS could not be agreed on.</summary>
    Tls,

    /// <summary>The application asks the database for a column or table that is not there: the error
    /// that the guide's migration fixes.</summary>
    SchemaMismatch,

    /// <summary>Another 5xx.</summary>
    ServerError,

    /// <summary>404: wrong address, or an application that is still starting.</summary>
    NotFound,

    /// <summary>408, 425 or 429: to be tried again later.</summary>
    TryLater,

    /// <summary>401 or 403.</summary>
    Refused,

    /// <summary>A redirect, which is not followed: the password would go to an address that nobody checked.</summary>
    Redirected,

    /// <summary>200 without a well-formed, unexpired token.</summary>
    BadToken,

    /// <summary>Any other status.</summary>
    UnexpectedStatus,
}
