package io.hindsight.datasets.stored;

import io.hindsight.datasets.columns.RowNumbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Numbers in a file, of which the heap holds some pages: those that were asked for last, as who
 * goes along a sequence reads near a few of its rows.
 */
public final class FileNumbers implements RowNumbers {
  /** Numbers of a page, as a power of two. */
  public static final int PAGE_BITS = 13;

  private static final int PAGE = 1 << PAGE_BITS;
  private static final int KEPT = 8; // pages

  private final RowBytes bytes;
  private final long place;
  private final int length;
  private final Page[] kept = new Page[KEPT];
  private int next; // where the next page is kept
  private Page newest = new Page(-1, new double[0]); // immutable, so any thread may see any of them

  private static final class Page {
    private final int number;
    private final double[] values;

    Page(int number, double[] values) {
      this.number = number;
      this.values = values;
    }
  }

  /**
   * Numbers that stand one after the other, big-endian.
   *
   * @param place where they begin
   */
  public FileNumbers(RowBytes bytes, long place, int length) {
    this.bytes = bytes;
    this.place = place;
    this.length = length;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public double get(int index) {
    Page page = newest;
    int number = index >> PAGE_BITS;
    if (page.number != number) {
      page = page(Objects.checkIndex(index, length) >> PAGE_BITS);
    }
    return page.values[index & (PAGE - 1)];
  }

  private synchronized Page page(int number) {
    for (Page page : kept) {
      if (page != null && page.number == number) {
        newest = page;
        return page;
      }
    }
    Page read = new Page(number, read(number));
    kept[next] = read;
    next = (next + 1) % KEPT;
    newest = read;
    return read;
  }

  private double[] read(int page) {
    int from = page << PAGE_BITS;
    double[] values = new double[Math.min(PAGE, length - from)];
    byte[] read = new byte[values.length * Double.BYTES];
    try {
      bytes.readFully(place + (long) Double.BYTES * from, read);
    } catch (IOException damaged) {
      throw new UncheckedIOException("cannot read the numbers of a sequence again", damaged);
    }
    ByteBuffer.wrap(read).asDoubleBuffer().get(values);
    return values;
  }
}
