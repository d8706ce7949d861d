using System.Runtime.InteropServices;
using LoginApi;

var options = LoginApiOptions.FromEnvironment();

// Started for local play it outlives its terminal: Ctrl+C and closing the window are meant for the build.
var detached = Environment.GetEnvironmentVariable(LoginApiOptions.DetachedVariable) == "1";
using var interrupt = detached ? PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true) : null;
using var hangUp = detached ? PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true) : null;

await using var application = LoginApiApplication.Build(options);
await application.RunAsync();
