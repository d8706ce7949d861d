namespace Belay.Tests.House;

/// <summary>The floors of <c>src/Belay</c>, the ground first: a room names only rooms on floors below its own.</summary>
internal static class Floors
{
    /// <summary>The room of the files that lie in <c>src/Belay</c> itself.</summary>
    public const string Root = "root";

    /// <summary>The rooms of each floor.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> All { get; } =
    [
        [Root],
        ["Settings", "Printing", "Telemetry"],
        ["Sql", "Storage", "Postgres", "Arguments"],
        ["History", "Servers", "SmokeTests", "Verification"],
        ["Layouts", "Schema"],
        ["Backups"],
        ["Gate", "Retention"],
        ["Migrations"],
        ["Migrators", "Preflight", "Adoption", "Risks"],
        ["Recovery", "Reporting", "Planning"],
        ["Rehearsal", "Monitoring", "Notices", "Watching", "Checklists"],
        ["Releases"],
    ];

    /// <summary>The floor of a room, counted from 0, or -1 if the list does not have it.</summary>
    public static int Of(string room) => All.ToList().FindIndex(rooms => rooms.Contains(room));

    /// <summary>The room that a namespace of the library is: its first word below <c>Belay</c>.</summary>
    public static string RoomOf(string name) => name.Split('.') is [_, var room, ..] ? room : Root;
}
