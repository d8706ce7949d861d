using Belay.SmokeTests;

namespace Belay.Rehearsal;

/// <summary>What of the application is tried on the copy.</summary>
internal sealed record TriedApplication
{
    /// <summary>The login; null when none is known.</summary>
    public SmokeSettings? Smoke { get; init; }

    /// <summary>The command that starts or tests it; goes before <see cref="Provided"/>.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The role that the command connects as; null for the one that migrates.</summary>
    public string? Role { get; init; }

    /// <summary>How long the command may run that serves no login.</summary>
    public TimeSpan CommandTimeout { get; init; }

    /// <summary>The application that a profile's servers bring; null for none.</summary>
    public IApplication? Provided { get; init; }

    /// <summary>What to start; null for nothing.</summary>
    /// <param name="model">The address of the database in production; null when it was given in parts.</param>
    /// <param name="output">Takes what it prints.</param>
    public IApplication? Start(Secret? model, IReleaseOutput output, TimeProvider timeProvider)
        => Command is null ? Provided
            : new CommandApplication(Command, output, timeProvider) { Smoke = Smoke, Model = model, Role = Role };
}
