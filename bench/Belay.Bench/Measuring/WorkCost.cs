namespace Belay.Bench.Measuring;

/// <summary>What a tool's work cost.</summary>
/// <param name="Seconds">By the clock on the wall.</param>
/// <param name="Client">Processor seconds of the tool; 0 where the system does not tell.</param>
/// <param name="Server">Processor seconds of the server; 0 where the system does not tell.</param>
internal sealed record WorkCost(double Seconds, double Client, double Server);
