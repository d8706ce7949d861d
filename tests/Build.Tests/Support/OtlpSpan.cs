namespace Build.Tests.Support;

/// <summary>A span as a collector got it.</summary>
/// <param name="Status">0 unset, 1 good, 2 failed.</param>
internal sealed record OtlpSpan(string Name, string TraceId, string SpanId, string ParentId, long Status, string Message)
{
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    public static OtlpSpan Of(OtlpMessage span)
    {
        var status = span.All(15).SingleOrDefault();
        return new OtlpSpan(
            span.Text(5), span.Hexadecimal(1), span.Hexadecimal(2), span.Hexadecimal(4), status?.Number(3) ?? 0, status?.Text(2) ?? "")
        {
            Attributes = span.Attributes(9),
        };
    }
}
