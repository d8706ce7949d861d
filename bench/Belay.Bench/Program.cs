using Belay.Bench;
using Belay.Bench.Measuring;

// The measuring process loads nothing else: what it takes is the floor of every peak that it reports.
return args is [MeasuredCommand.Verb, _, ..]
    ? await MeasuredCommand.MeasureAsync(args[1..])
    : await CommandLine.RunAsync(args);
