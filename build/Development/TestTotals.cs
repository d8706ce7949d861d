/// <summary>The totals of all test projects; the test command's last line, after the engine's summary.</summary>
static class TestTotals
{
    private static int passed;
    private static int failed;
    private static int skipped;
    private static bool any;

    /// <summary>Adds one project's counts.</summary>
    public static void Add(int projectPassed, int projectFailed, int projectSkipped)
    {
        any = true;
        passed += projectPassed;
        failed += projectFailed;
        skipped += projectSkipped;
    }

    /// <summary>Prints <c>N passed, N failed</c> when tests ran.</summary>
    public static void PrintLastLine()
    {
        if (any)
        {
            Console.WriteLine($"{passed} passed, {failed} failed" + (skipped > 0 ? $", {skipped} skipped" : ""));
        }
    }
}
