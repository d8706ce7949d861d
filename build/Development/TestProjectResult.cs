/// <summary>What a test project's run came to.</summary>
/// <param name="Failed">Tests that failed, and errors outside of tests.</param>
/// <param name="Skipped">Tests that did not run.</param>
/// <param name="Failures">The failed tests: name, then message.</param>
sealed record TestProjectResult(int Passed, int Failed, int Skipped, IReadOnlyList<string> Failures);
