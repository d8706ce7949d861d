namespace Belay.Local;

/// <summary>The running parts of the local profile: PostgreSQL with the guide's database, Azurite, the login API.</summary>
public sealed class LocalEnvironment : IAsyncDisposable
{
    private readonly LocalStack stack;
    private readonly IReleaseOutput output;
    private IDisposable? only;

    private LocalEnvironment(LocalOptions options) => (stack, output) = (new LocalStack(options), options.Output);

    /// <summary>The settings of a release to the parts.</summary>
    public LocalSettings Settings => stack.Settings;

    /// <summary>Starts the parts for one run. Those that <see cref="UpAsync"/> started are used and left running.</summary>
    /// <param name="cancellationToken">Stops the start; nothing that it started keeps running.</param>
    /// <returns>Disposing it stops the parts; their data stays.</returns>
    /// <exception cref="LocalException">Another run uses the parts, the state cannot be read, or a part does not start.</exception>
    public static async Task<LocalEnvironment> StartAsync(LocalOptions options, CancellationToken cancellationToken)
    {
        var local = new LocalEnvironment(options) { only = await LockAsync(options, cancellationToken) };
        try
        {
            await StartAsync(local.stack, keep: false, cancellationToken);
            return local;
        }
        catch
        {
            local.only?.Dispose();
            throw;
        }
    }

    /// <summary>Starts the parts so that they run on after this process, and says where they are.</summary>
    /// <exception cref="LocalException">As for <see cref="StartAsync(LocalOptions, CancellationToken)"/>.</exception>
    public static async Task UpAsync(LocalOptions options, CancellationToken cancellationToken)
    {
        using var only = await LockAsync(options, cancellationToken);
        var stack = new LocalStack(options);
        await StartAsync(stack, keep: true, cancellationToken);
        var folder = new LocalFolder(options.RootFolder);
        options.Output.Line(
            $"Role {stack.Settings.Database.Username}; its password stands in {folder.State}, the superuser's in "
                + $"{Path.Combine(folder.Postgres, "superuser.password")}");
        options.Output.Line("The parts run on until ./build.sh LocalDown");
    }

    /// <summary>Stops the parts; their data stays.</summary>
    /// <param name="cancellationToken">Stops waiting for another run; a stop that began goes to its end.</param>
    /// <exception cref="LocalException">Another run uses the parts, the state cannot be read, or a part does not end.</exception>
    public static async Task DownAsync(LocalOptions options, CancellationToken cancellationToken)
    {
        using var only = await LockAsync(options, cancellationToken);
        Directory.CreateDirectory(new LocalFolder(options.RootFolder).Path);
        await new LocalStack(options).StopAsync();
        options.Output.Line($"The local parts are stopped; their data stays in {new LocalFolder(options.RootFolder).Path}");
    }

    /// <summary>Stops the parts and removes all their data, whatever state they are in.</summary>
    /// <exception cref="LocalException">Another run uses the parts, or a part does not end.</exception>
    public static async Task ResetAsync(LocalOptions options, CancellationToken cancellationToken)
    {
        using var only = await LockAsync(options, cancellationToken);
        Directory.CreateDirectory(new LocalFolder(options.RootFolder).Path);
        await new LocalStack(options).WipeAsync();
        options.Output.Line($"The local parts are stopped and {new LocalFolder(options.RootFolder).Path} is removed");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using (only)
        {
            if (!stack.IsKept)
            {
                await stack.StopAsync();
                output.Line("The local parts are stopped; their data stays");
            }
        }
    }

    private static async Task StartAsync(LocalStack stack, bool keep, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new LocalException("The local profile runs on Linux and macOS only.", "use it inside WSL");
        }

        var wasKept = stack.WasKept();
        try
        {
            await stack.StartAsync(keep, cancellationToken);
        }
        catch when (!wasKept)
        {
            await stack.StopAsync();
            throw;
        }
    }

    private static Task<IDisposable> LockAsync(LocalOptions options, CancellationToken cancellationToken)
        => LocalLock.TakeAsync(new LocalFolder(options.RootFolder).Lock, options.Patience, options.TimeProvider, cancellationToken);
}
