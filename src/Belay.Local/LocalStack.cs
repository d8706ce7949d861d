using Belay.Servers;

namespace Belay.Local;

/// <summary>Starts and stops the parts of one checkout; whoever uses it holds the lock.</summary>
internal sealed class LocalStack(LocalOptions options)
{
    private readonly LocalFolder folder = new(options.RootFolder);
    private LocalState? state;
    private LocalDatabase? database;

    /// <summary>Whether LocalUp started the parts.</summary>
    public bool IsKept => State.IsKept;

    /// <summary>The settings for the running parts.</summary>
    public LocalSettings Settings => new()
    {
        Database = database!.Owner,
        Store = LocalAzurite.Location(State.Azurite!.Url, State.AzuriteKey),
        ApplicationRole = database.Roles.Api,
        Smoke = new() { Url = State.LoginApi!.Url, Username = SampleSchema.Username, Password = new Secret(SampleSchema.Password) },
    };

    private LocalState State => state ?? throw new InvalidOperationException("The parts were not started.");

    /// <summary>Whether LocalUp started the parts that an earlier run wrote down.</summary>
    /// <exception cref="LocalException">The state cannot be read.</exception>
    public bool WasKept() => LocalState.Read(folder.State).IsKept;

    /// <summary>Starts what does not run. Parts that a killed run left behind are stopped first, those of LocalUp are used.</summary>
    /// <param name="keep">Whether the parts are to run on after this process.</param>
    /// <param name="cancellationToken">Stops the start; the caller stops the parts.</param>
    public async Task StartAsync(bool keep, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Path);
        Remember(LocalState.Read(folder.State));
        if (!IsKept)
        {
            await StopAsync();
        }

        await EndStraysAsync(State.Azurite, State.LoginApi);
        options.Output.Line(IsKept
            ? "Local parts: PostgreSQL, Azurite and the login API of ./build.sh LocalUp"
            : "Starting the local parts: PostgreSQL, Azurite and the login API …");
        Remember(State with { IsKept = State.IsKept || keep });
        await StartDatabaseAsync(cancellationToken);
        await StartAzuriteAsync(cancellationToken);
        await StartLoginApiAsync(cancellationToken);
    }

    /// <summary>Stops all parts; their data stays.</summary>
    public async Task StopAsync()
    {
        state ??= LocalState.Read(folder.State);
        try
        {
            await EndAsync(state.LoginApi, state.Azurite);
            await EndStraysAsync();
        }
        finally
        {
            await LeftoverServers.StopAsync(folder.Postgres, options.TimeProvider, CancellationToken.None);
        }

        Remember(state with { IsKept = false, Azurite = null, LoginApi = null });
    }

    /// <summary>Stops all parts and removes all their files, also when the state cannot be read.</summary>
    public async Task WipeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (LocalException exception) when (state is null)
        {
            options.Output.Warn(exception.Message);
            await EndStraysAsync();
            await LeftoverServers.StopAsync(folder.Postgres, options.TimeProvider, CancellationToken.None);
        }

        ServicePlace.Remove(folder.Postgres);
        Directory.Delete(folder.Path, recursive: true);
    }

    private async Task StartDatabaseAsync(CancellationToken cancellationToken)
    {
        var tools = await new PostgresProvisioner(options.Output).ProvideAsync(cancellationToken);
        var roles = new SampleRoles(State.OwnerPassword, State.ApiPassword);
        database = await LocalDatabase.StartAsync(
            new() { Tools = tools, Folder = folder.Postgres }, State.PostgresPort, roles, cancellationToken);
        Remember(State with { PostgresPort = database.Server.Port });
        options.Output.Line($"Local PostgreSQL {tools.Version}: {database.Owner.DisplayName}");
    }

    private async Task StartAzuriteAsync(CancellationToken cancellationToken)
    {
        if (State.Azurite is not { Process.IsRunning: true })
        {
            Remember(State with { Azurite = await LocalAzurite.StartAsync(folder, State.AzuriteKey, options.Output, cancellationToken) });
        }

        options.Output.Line($"Local Azurite: {State.Azurite!.Url}");
    }

    private async Task StartLoginApiAsync(CancellationToken cancellationToken)
    {
        if (State.LoginApi is not { Process.IsRunning: true })
        {
            var started = await LoginApiProcess.StartAsync(database!.Api, folder.LoginApiLog, options.TimeProvider, cancellationToken);
            var process = ProcessIdentity.Of(started.ProcessId)
                ?? throw new LocalException("The login API ended at once.", $"see {folder.LoginApiLog}");
            Remember(State with { LoginApi = new LocalPart(process, started.LoginUrl) });
        }

        options.Output.Line($"Local login API: {State.LoginApi!.Url}");
    }

    private async Task EndAsync(params LocalPart?[] parts)
    {
        foreach (var part in parts.OfType<LocalPart>())
        {
            await LocalProcesses.EndAsync(part.Process, options.TimeProvider);
        }
    }

    private async Task EndStraysAsync(params LocalPart?[] known)
    {
        foreach (var stray in LocalProcesses.WritingInto(folder.LoginApiLog, folder.AzuriteLog)
            .Except(known.OfType<LocalPart>().Select(part => part.Process)))
        {
            await LocalProcesses.EndAsync(stray, options.TimeProvider);
        }
    }

    private void Remember(LocalState now)
    {
        state = now;
        now.Write(folder.State);
    }
}
