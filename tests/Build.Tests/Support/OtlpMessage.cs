using System.Text;
using Google.Protobuf;

namespace Build.Tests.Support;

/// <summary>A message of Protocol Buffers without its definition: what stands under which number.</summary>
internal sealed class OtlpMessage
{
    private readonly List<(int Field, object Value)> fields = [];

    public OtlpMessage(ReadOnlySpan<byte> bytes)
    {
        using var input = new CodedInputStream(bytes.ToArray());
        while (input.ReadTag() is > 0 and var tag)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            fields.Add((field, WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => input.ReadFixed32(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes(),
                var other => throw new InvalidDataException($"{other}"),
            }));
        }
    }

    /// <summary>The messages below a path of field numbers.</summary>
    public IEnumerable<OtlpMessage> All(params int[] path) => path is [var first, .. var rest]
        ? fields.Where(one => one.Field == first).SelectMany(one => new OtlpMessage(((ByteString)one.Value).Span).All(rest))
        : [this];

    public string Text(int field) => Value(field) is ByteString bytes ? Encoding.UTF8.GetString(bytes.Span) : "";

    public string Hexadecimal(int field) => Value(field) is ByteString bytes ? Convert.ToHexStringLower(bytes.Span) : "";

    public long Number(int field) => Value(field) is long number ? number : 0;

    /// <summary>The attributes below a field, as text.</summary>
    public IReadOnlyDictionary<string, string> Attributes(int field) => All(field).ToDictionary(
        pair => pair.Text(1),
        pair => pair.All(2).Single() is var value && value.Value(1) is not null ? value.Text(1) : $"{value.Value(3) ?? value.Value(2)}");

    private object? Value(int field) => fields.LastOrDefault(one => one.Field == field).Value;
}
