namespace Belay.Local;

/// <summary>How PostgreSQL gets onto a machine that has none.</summary>
/// <param name="Command">What a person types.</param>
/// <param name="IsAutomatic">Whether Belay may do it by itself.</param>
/// <param name="NeedsSudo">Whether it does so through sudo.</param>
public sealed record InstallationPlan(string Command, bool IsAutomatic, bool NeedsSudo)
{
    /// <summary>The plan for a machine. Only Debian's packages are installed by Belay itself: there it
    /// is known how to keep a server from starting.</summary>
    public static InstallationPlan For(SystemFacts facts)
    {
        if (facts.Platform == PlatformID.Win32NT)
        {
            return ByHand("winget install PostgreSQL.PostgreSQL.17");
        }

        if (facts.IsMac)
        {
            return ByHand("brew install postgresql@17");
        }

        var sudo = facts.IsRoot ? "" : "sudo ";
        if (IsFamily(facts, "debian") || IsFamily(facts, "ubuntu") || facts.HasAptGet)
        {
            return new InstallationPlan(
                $"{sudo}apt-get update && {sudo}apt-get install -y postgresql",
                facts.HasAptGet && (facts.IsRoot || facts.HasFreeSudo),
                !facts.IsRoot);
        }

        return ByHand(facts switch
        {
            _ when IsFamily(facts, "fedora") || IsFamily(facts, "rhel") => $"{sudo}dnf install -y postgresql-server",
            _ when IsFamily(facts, "suse") => $"{sudo}zypper install -y postgresql-server",
            _ when IsFamily(facts, "arch") => $"{sudo}pacman -S --noconfirm postgresql",
            _ when IsFamily(facts, "alpine") => $"{sudo}apk add postgresql",
            _ => "install PostgreSQL's server and client programs and set PG_BIN to their folder",
        });
    }

    private static InstallationPlan ByHand(string command) => new(command, IsAutomatic: false, NeedsSudo: false);

    private static bool IsFamily(SystemFacts facts, string family) => facts.Families.Contains(family, StringComparer.Ordinal);
}
