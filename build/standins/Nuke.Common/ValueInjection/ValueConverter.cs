using System.Globalization;
using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common.ValueInjection;

/// <summary>Turns words into values.</summary>
internal static class ValueConverter
{
    private static readonly Type[] ListTypes =
        [typeof(List<>), typeof(IList<>), typeof(ICollection<>), typeof(IEnumerable<>), typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>)];

    /// <summary>The type of a list's items; null for a type that is no list.</summary>
    public static Type? ItemTypeOf(Type type)
    {
        if (type.IsArray)
        {
            return type.GetElementType();
        }

        return type.IsGenericType && ListTypes.Contains(type.GetGenericTypeDefinition()) ? type.GetGenericArguments()[0] : null;
    }

    /// <summary>Converts what a source gave.</summary>
    /// <param name="member">The parameter.</param>
    /// <param name="given">The source's words.</param>
    /// <param name="faults">Gets a text for every word that does not fit.</param>
    /// <returns>The value; null when there was a fault.</returns>
    public static object? Convert(ParameterMember member, ParameterValue given, ICollection<string> faults)
    {
        if (ItemTypeOf(member.Type) is { } itemType)
        {
            return ConvertList(member, itemType, given, faults);
        }

        if (given.Words.Count > 1)
        {
            faults.Add($"{given.Source} takes one value, not {given.Words.Count}");
            return null;
        }

        return given.Words is [var word] ? ConvertWord(member, member.Type, given, faults, word) : member.IsSwitch ? true : null;
    }

    private static object ConvertList(ParameterMember member, Type itemType, ParameterValue given, ICollection<string> faults)
    {
        var words = member.Separator is { Length: > 0 } separator
            ? [.. given.Words.SelectMany(word => word.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))]
            : given.Words;
        var items = words.Select(word => ConvertWord(member, itemType, given, faults, word)).Where(item => item is not null).ToList();
        var array = Array.CreateInstance(itemType, items.Count);
        for (var index = 0; index < items.Count; index++)
        {
            array.SetValue(items[index], index);
        }

        return member.Type.IsGenericType && member.Type.GetGenericTypeDefinition() == typeof(List<>)
            ? Activator.CreateInstance(member.Type, array)!
            : array;
    }

    private static object? ConvertWord(ParameterMember member, Type type, ParameterValue given, ICollection<string> faults, string word)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var value = Parse(plain, word, given.PathBase);
        if (value is null)
        {
            faults.Add($"{given.Source}: {(member.IsSecret ? "its value" : $"'{word}'")} is not {Expectation(plain)}");
        }

        return value;
    }

    private static object? Parse(Type type, string word, string pathBase)
    {
        if (type == typeof(string))
        {
            return word;
        }

        if (type == typeof(AbsolutePath))
        {
            return AbsolutePath.Create(Path.GetFullPath(word, pathBase));
        }

        if (type.IsEnum)
        {
            var name = Enum.GetNames(type).FirstOrDefault(name => Naming.Normalize(name) == Naming.Normalize(word));
            return name is null ? null : Enum.Parse(type, name);
        }

        return ParsePlain(type, word);
    }

    private static object? ParsePlain(Type type, string word)
    {
        if (type == typeof(bool))
        {
            return bool.TryParse(word, out var value) ? value : null;
        }

        if (type == typeof(int))
        {
            return int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
        }

        if (type == typeof(long))
        {
            return long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
        }

        if (type == typeof(TimeSpan))
        {
            return TimeSpan.TryParse(word, CultureInfo.InvariantCulture, out var value) ? value : null;
        }

        throw new BuildDefinitionException($"Parameters of type {type.FullName} are not supported");
    }

    private static string Expectation(Type type)
    {
        if (type.IsEnum)
        {
            return $"one of {string.Join(", ", Enum.GetNames(type))}";
        }

        return type == typeof(bool) ? "true or false" : type == typeof(TimeSpan) ? "a duration like 00:05:00" : $"a whole number from {Limits(type)}";
    }

    private static string Limits(Type type)
        => type == typeof(int) ? $"{int.MinValue} to {int.MaxValue}" : $"{long.MinValue} to {long.MaxValue}";
}
