namespace Belay.Settings;

/// <summary>Reads the address of an HTTP service.</summary>
internal static class HttpAddress
{
    /// <summary>The address.</summary>
    /// <param name="name">The setting's name, for messages.</param>
    /// <exception cref="SettingsException">It is no http or https address, or holds a user.</exception>
    public static Uri Read(string name, string text)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            throw new SettingsException($"{name} is no address that starts with https:// or http://");
        }

        return uri.UserInfo.Length == 0
            ? uri
            : throw new SettingsException($"{name} holds a user: name and password have settings of their own");
    }
}
