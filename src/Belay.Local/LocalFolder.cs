namespace Belay.Local;

/// <summary>The files of the local profile.</summary>
internal sealed record LocalFolder(string Root)
{
    /// <summary>The folder of all of them.</summary>
    public string Path { get; } = System.IO.Path.Combine(Root, ".nuke", "temp", "local");

    /// <summary>The file that one run at a time holds; beside the folder, so that a reset can remove all of it.</summary>
    public string Lock => Path + ".lock";

    /// <summary>What runs and with which passwords.</summary>
    public string State => System.IO.Path.Combine(Path, "state.json");

    /// <summary>PostgreSQL's folder.</summary>
    public string Postgres => System.IO.Path.Combine(Path, "postgres");

    /// <summary>Azurite's data.</summary>
    public string Azurite => System.IO.Path.Combine(Path, "azurite");

    /// <summary>Azurite's output.</summary>
    public string AzuriteLog => System.IO.Path.Combine(Azurite, "azurite.log");

    /// <summary>The login API's output.</summary>
    public string LoginApiLog => System.IO.Path.Combine(Path, "login-api.log");
}
