#nullable disable
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>Conditions that a target insists on.</summary>
public static class Assert
{
    /// <summary>Throws.</summary>
    /// <exception cref="Exception">Always.</exception>
    [DoesNotReturn]
    public static void Fail(string message, Exception exception = null) => throw new Exception(message, exception);

    /// <summary>Insists on a condition.</summary>
    /// <exception cref="ArgumentException">It does not hold.</exception>
    public static void True(
        [DoesNotReturnIf(false)] bool condition,
        string message = null,
        [CallerArgumentExpression("condition")] string argumentExpression = null)
    {
        if (!condition)
        {
            throw Unmet("Expected condition to be true", message, argumentExpression);
        }
    }

    /// <summary>Insists on the opposite of a condition.</summary>
    /// <exception cref="ArgumentException">The condition holds.</exception>
    public static void False(
        [DoesNotReturnIf(true)] bool condition,
        string message = null,
        [CallerArgumentExpression("condition")] string argumentExpression = null)
    {
        if (condition)
        {
            throw Unmet("Expected condition to be false", message, argumentExpression);
        }
    }

    /// <summary>Insists on an object and returns it.</summary>
    /// <exception cref="ArgumentException">It is null.</exception>
    public static T NotNull<T>(this T obj, string message = null, [CallerArgumentExpression("obj")] string argumentExpression = null)
        where T : class
        => obj ?? throw Unmet($"Expected object of type '{typeof(T).FullName}' to be not null", message, argumentExpression);

    /// <summary>Insists on a text and returns it.</summary>
    /// <exception cref="ArgumentException">It is null or empty.</exception>
    public static string NotNullOrEmpty(this string str, string message = null, [CallerArgumentExpression("str")] string argumentExpression = null)
        => string.IsNullOrEmpty(str) ? throw Unmet("Expected string to be not null or empty", message, argumentExpression) : str;

    /// <summary>Insists on a text with more than white space and returns it.</summary>
    /// <exception cref="ArgumentException">It is null or white space.</exception>
    public static string NotNullOrWhiteSpace(this string str, string message = null, [CallerArgumentExpression("str")] string argumentExpression = null)
        => string.IsNullOrWhiteSpace(str) ? throw Unmet("Expected string to be not null or whitespace", message, argumentExpression) : str;

    /// <summary>Insists on a file.</summary>
    /// <exception cref="ArgumentException">It does not exist.</exception>
    public static void FileExists(string path, string message = null, [CallerArgumentExpression("path")] string argumentExpression = null)
        => True(File.Exists(path), message ?? $"Expected file to exist: {path}", argumentExpression);

    /// <summary>Insists on a folder.</summary>
    /// <exception cref="ArgumentException">It does not exist.</exception>
    public static void DirectoryExists(string path, string message = null, [CallerArgumentExpression("path")] string argumentExpression = null)
        => True(Directory.Exists(path), message ?? $"Expected directory to exist: {path}", argumentExpression);

    private static ArgumentException Unmet(string standardMessage, string message, string argumentExpression)
        => message is null ? new ArgumentException(standardMessage, argumentExpression) : new ArgumentException(message);
}
