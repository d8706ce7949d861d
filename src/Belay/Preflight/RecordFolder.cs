namespace Belay.Preflight;

/// <summary>Whether the release record can be written at the end, when it is too late to mend that.</summary>
internal static class RecordFolder
{
    /// <summary>Writes a file into the folder and removes it; nothing stays, not even the folder when it was not there.</summary>
    /// <returns>The finding; null for none.</returns>
    public static Finding? Check(string folder)
    {
        var wasThere = Directory.Exists(folder);
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".belay-{Guid.NewGuid():N}");
            using (new FileStream(
                probe, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose }))
            {
            }

            if (!wasThere)
            {
                Directory.Delete(folder);
            }

            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Finding(
                FindingSeverity.Refusal,
                $"The release record cannot be written into {folder}: {fault.Message}",
                $"make {folder} a folder that {Environment.UserName} may write, with room on its disk") { Stops = ReleaseWork.Migration };
        }
    }
}
