using System.Globalization;
using Belay.Postgres;
using Belay.Servers;
using Belay.Settings;
using Belay.SmokeTests;

namespace Belay.Rehearsal;

/// <summary>The application as the user's command starts it.</summary>
/// <param name="words">The program and its arguments.</param>
/// <param name="output">Takes what it prints.</param>
internal sealed class CommandApplication(IReadOnlyList<string> words, IReleaseOutput output, TimeProvider timeProvider)
    : IApplication
{
    /// <summary>The login that it serves in production, whose path, query and user it has here too; null when none is known.</summary>
    public SmokeSettings? Smoke { get; init; }

    /// <summary>The address of the database in production: the command reads <c>DATABASE_URL</c> in that form.</summary>
    public Secret? Model { get; init; }

    /// <inheritdoc/>
    public string? Role { get; init; }

    /// <inheritdoc/>
    public async Task<IRunningApplication> StartAsync(DatabaseTarget database, CancellationToken cancellationToken)
    {
        var port = FreePort.Next();
        var login = Smoke is null ? null : new Uri($"http://127.0.0.1:{port}{Smoke.Url.PathAndQuery}");
        var mark = MarkedProcesses.NewMark();
        var libpq = await LibpqEnvironment.CreateAsync(database, "belay smoke command", cancellationToken);
        try
        {
            return new RunningCommand(words, Variables(libpq, database, login, (port, mark)), output, timeProvider)
            {
                LoginUrl = login,
                Libpq = libpq,
                Mark = mark,
            };
        }
        catch
        {
            await libpq.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it must know of the copy. Besides it gets only what any program needs: nothing that names another database.</summary>
    private Dictionary<string, string?> Variables(LibpqEnvironment libpq, DatabaseTarget database, Uri? login, (int Port, string Mark) own)
    {
        var variables = new Dictionary<string, string?>(libpq.Variables)
        {
            ["DATABASE_URL"] = DatabaseAddress.Like(database, Model?.Reveal()),
            ["PORT"] = own.Port.ToString(CultureInfo.InvariantCulture),
            [MarkedProcesses.Variable] = own.Mark,
        };
        if (Smoke is not null)
        {
            variables[SmokeParameters.SmokeUrl.Variable] = login!.AbsoluteUri;
            variables[SmokeParameters.SmokeUsername.Variable] = Smoke.Username;
            variables[SmokeParameters.SmokePassword.Variable] = Smoke.Password.Reveal();
        }

        return variables;
    }
}
