package io.hindsight.datasets.stored;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.datasets.columns.RowNumbers;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumbersWriterTest {
  private static final int PAGE = 1 << FileNumbers.PAGE_BITS;

  @Test
  void shouldGiveTheSameBitsFromAFileWhereverAPageEnds() {
    for (int count : new int[] {1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE - 1, 3 * PAGE, 20 * PAGE}) {
      double[] values = values(count);
      RowNumbers file = written(values, 0, 3);
      assertInstanceOf(FileNumbers.class, file);
      assertEquals(count, file.length());
      assertArrayEquals(bits(values), bits(file.toArray()));
      Random random = new Random(count);
      for (int i = 0; i < 2000; i++) {
        int at = random.nextInt(count);
        assertEquals(
            Double.doubleToRawLongBits(values[at]), Double.doubleToRawLongBits(file.get(at)));
      }
      assertThrows(IndexOutOfBoundsException.class, () -> file.get(count + PAGE));
    }
  }

  @Test
  void shouldKeepOnTheHeapWhatIsFewAndGiveTheSame() {
    double[] values = values(500);
    for (int most : new int[] {0, 1, 498, 499, 500, 501}) {
      RowNumbers written = written(values, most, 7);
      assertEquals(most < 500, written instanceof FileNumbers, "at most " + most);
      assertArrayEquals(bits(values), bits(written.toArray()));
    }
    assertEquals(0, new NumbersWriter().finish().length());
  }

  @Test
  void shouldTakeRowsThatAreWiderThanABlock() {
    double[] values = values(5 * PAGE + 3);
    for (int each : new int[] {PAGE - 1, PAGE, PAGE + 1, 2 * PAGE + 1}) {
      assertArrayEquals(bits(values), bits(written(values, 10, each).toArray()));
    }
  }

  private static RowNumbers written(double[] values, int most, int each) {
    NumbersWriter writer = new NumbersWriter(most);
    for (int from = 0; from < values.length; from += each) {
      int count = Math.min(each, values.length - from);
      ByteBuffer bytes = ByteBuffer.allocate(2 + Double.BYTES * count + 3).position(2);
      IntStream.range(from, from + count).forEach(i -> bytes.putDouble(values[i]));
      bytes.position(2);
      writer.add(bytes, Double.BYTES * count);
      assertEquals(2 + Double.BYTES * count, bytes.position());
    }
    return writer.finish();
  }

  private static double[] values(int count) {
    Random random = new Random(count);
    return IntStream.range(0, count)
        .mapToDouble(i -> i % 10 == 3 ? Double.NaN : i % 10 == 4 ? -0.0 : random.nextGaussian())
        .toArray();
  }

  private static long[] bits(double[] values) {
    return IntStream.range(0, values.length)
        .mapToLong(i -> Double.doubleToRawLongBits(values[i]))
        .toArray();
  }
}
