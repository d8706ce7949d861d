using System.Buffers;

namespace Belay.Tests.Support;

/// <summary>Counts the buffers that are rented, now and at most.</summary>
public sealed class CountingPool : ArrayPool<byte>
{
    private readonly Lock counting = new();

    public int Rented { get; private set; }

    public int MostRented { get; private set; }

    public override byte[] Rent(int minimumLength)
    {
        lock (counting)
        {
            MostRented = Math.Max(MostRented, ++Rented);
        }

        return Shared.Rent(minimumLength);
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        lock (counting)
        {
            Rented--;
        }

        Shared.Return(array, clearArray);
    }
}
