using System.Reflection;
using System.Reflection.Emit;

namespace Belay.Tests.House;

/// <summary>Which types of an assembly name which others, read from what was compiled: declarations as
/// well as the bodies of methods.</summary>
/// <remarks>
/// A nested type, a lambda and an asynchronous method's state machine count as the top-level type that
/// they were written in. What the compiler leaves no trace of, a constant's place of origin or a <c>nameof</c>, is not seen.
/// </remarks>
internal static class TypeReferences
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>For each top-level type that was written by hand, the other such types that it names.</summary>
    public static IReadOnlyDictionary<Type, IReadOnlySet<Type>> Of(Assembly assembly)
        => assembly.GetTypes()
            .GroupBy(TopLevel)
            .Where(group => IsWritten(group.Key))
            .ToDictionary(group => group.Key, IReadOnlySet<Type> (group) => group.SelectMany(NamedBy).SelectMany(Parts)
                .Where(type => type.Assembly == assembly).Select(TopLevel).Where(type => type != group.Key && IsWritten(type)).ToHashSet());

    private static bool IsWritten(Type type) => type.Namespace?.StartsWith(nameof(Belay), StringComparison.Ordinal) == true;

    private static Type TopLevel(Type type) => type.DeclaringType is { } outer ? TopLevel(outer) : type;

    private static IEnumerable<Type> NamedBy(Type type)
        => [
            .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
            .. type.GetInterfaces(),
            .. type.GetFields(Everything).Select(field => field.FieldType),
            .. type.GetMembers(Everything).Append(type).SelectMany(member => member.GetCustomAttributesData()).SelectMany(NamedByAttribute),
            .. type.GetConstructors(Everything).Concat<MethodBase>(type.GetMethods(Everything)).SelectMany(NamedByMethod),
        ];

    private static IEnumerable<Type> NamedByAttribute(CustomAttributeData attribute)
        => attribute.ConstructorArguments.Select(argument => argument.Value).OfType<Type>().Append(attribute.AttributeType);

    private static IEnumerable<Type> NamedByMethod(MethodBase method)
        => [
            .. method is MethodInfo { ReturnType: var answer } ? [answer] : Type.EmptyTypes,
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method.GetMethodBody() is { } body ? NamedByBody(method, body) : [],
        ];

    private static IEnumerable<Type> NamedByBody(MethodBase method, MethodBody body)
        => [
            .. body.LocalVariables.Select(local => local.LocalType),
            .. body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                .Select(clause => clause.CatchType!),
            .. Tokens(body.GetILAsByteArray()!).SelectMany(token => NamedByMember(Resolve(method, token))),
        ];

    private static MemberInfo? Resolve(MethodBase method, int token)
        => method.Module.ResolveMember(
            token,
            method.DeclaringType?.GetGenericArguments(),
            method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : null);

    private static IEnumerable<Type> NamedByMember(MemberInfo? member)
        => [
            .. member is Type type ? [type] : Type.EmptyTypes,
            .. member?.DeclaringType is { } owner ? [owner] : Type.EmptyTypes,
            .. member is FieldInfo field ? [field.FieldType] : Type.EmptyTypes,
            .. member is MethodInfo method ? [method.ReturnType, .. method.GetGenericArguments()] : Type.EmptyTypes,
        ];

    private static IEnumerable<int> Tokens(byte[] instructions)
    {
        for (var at = 0; at < instructions.Length;)
        {
            var code = Codes[instructions[at] == 0xFE ? 0xFE00 | instructions[at + 1] : instructions[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(instructions, at);
            }

            at += OperandSize(code.OperandType, instructions, at);
        }
    }

    private static int OperandSize(OperandType type, byte[] instructions, int at)
        => type switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(instructions, at)),
            _ => 4,
        };

    private static IEnumerable<Type> Parts(Type type)
        => type switch
        {
            { HasElementType: true } => Parts(type.GetElementType()!),
            { IsGenericParameter: true } => type.GetGenericParameterConstraints().SelectMany(Parts),
            { IsGenericType: true, IsGenericTypeDefinition: false } => type.GetGenericArguments()
                .SelectMany(Parts)
                .Append(type.GetGenericTypeDefinition()),
            _ => [type],
        };
}
