package io.hindsight.datasets.quantile;

import io.hindsight.datasets.sums.Mergeable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the quartiles of columns by their digits, the highest first: each pass over all values
 * counts those that begin with the digits that are known, by the next digit. Counts are whole
 * numbers and have no order, so the quartiles are the same wherever the values are, and no value
 * need be kept.
 *
 * <p>The key of a double is its 64 bits, changed so that keys without a sign are in the order of
 * the doubles. It has {@value #PASSES} digits of {@value #DIGIT} bits, of which the last is
 * shorter.
 */
public final class QuartileSearch implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int DIGIT = 11; // bits: the counts of one digit take 16 kB
  private static final int PASSES = 6;
  private static final int PARTS = 4;

  private final int pass; // digits that are known
  private final ArrayList<Column> columns; // null for a column that is not asked for

  /**
   * What is known of a column.
   *
   * @param n its values; 0 before the first pass
   * @param places of the values that each quartile lies between, one after the other; none of no
   *     value
   */
  private record Column(long n, ArrayList<Place> places) implements Serializable {}

  /**
   * A value in order.
   *
   * @param prefix its digits that are known
   * @param rank its place among the values that begin with those
   */
  private record Place(long prefix, long rank) implements Serializable {}

  private QuartileSearch(int pass, ArrayList<Column> columns) {
    this.pass = pass;
    this.columns = columns;
  }

  /**
   * Of no values yet.
   *
   * @param wanted whether the quartiles of each column are asked for // (C)
   */
  public static QuartileSearch of(List<Boolean> wanted) {
    ArrayList<Column> columns = new ArrayList<>();
    wanted.forEach(one -> columns.add(one ? new Column(0, new ArrayList<>()) : null));
    return new QuartileSearch(wanted.contains(true) ? 0 : PASSES, columns);
  }

  /** Whether all digits are known. */
  public boolean isDone() {
    return pass == PASSES;
  }

  /** What counts the values of the next pass, of none yet. */
  public Counts counts() {
    return new Counts(this);
  }

  /** What is known after a pass over all values. */
  public QuartileSearch next(Counts counts) {
    ArrayList<Column> next = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      next.add(columns.get(c) == null ? null : next(columns.get(c), counts.columns.get(c)));
    }
    return new QuartileSearch(pass + 1, next);
  }

  private Column next(Column column, TreeMap<Long, long[]> counts) {
    long n = pass == 0 ? Arrays.stream(counts.get(0L)).sum() : column.n;
    ArrayList<Place> next = new ArrayList<>();
    for (Place place : pass == 0 ? places(n) : column.places) {
      long[] ofDigits = counts.get(place.prefix);
      long rank = place.rank;
      int digit = 0;
      while (rank >= ofDigits[digit]) {
        rank -= ofDigits[digit++];
      }
      next.add(new Place((place.prefix << bits(pass)) | digit, rank));
    }
    return new Column(n, next);
  }

  private static List<Place> places(long n) {
    List<Place> places = new ArrayList<>();
    for (int k = 1; k < PARTS && n > 0; k++) {
      long below = k * (n - 1) / PARTS;
      places.add(new Place(0, below));
      places.add(new Place(0, Math.min(below + 1, n - 1)));
    }
    return places;
  }

  /** Bits behind a digit. */
  private static int shift(int digit) {
    return Math.max(0, Long.SIZE - (digit + 1) * DIGIT);
  }

  /** Bits of a digit. */
  private static int bits(int digit) {
    return shift(digit - 1) - shift(digit);
  }

  /** The quartiles of a column; absent if they are not asked for, or it has no value. */
  public Optional<Quartiles> of(int c) {
    Column column = columns.get(c);
    return column == null || column.n == 0
        ? Optional.empty()
        : Optional.of(new Quartiles(quartile(column, 1), quartile(column, 2), quartile(column, 3)));
  }

  private static double quartile(Column column, int k) {
    double low = number(column.places.get(2 * k - 2).prefix);
    double high = number(column.places.get(2 * k - 1).prefix);
    return Quartiles.between(low, high, k * (column.n - 1));
  }

  /** A number that orders doubles, without its sign; 0 and −0 have one. */
  private static long key(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
  }

  private static double number(long key) {
    return Double.longBitsToDouble(key < 0 ? key ^ Long.MIN_VALUE : ~key);
  }

  /** How many values have each next digit. */
  public static final class Counts implements Mergeable<Counts> {
    private static final long serialVersionUID = 1L;

    private final int pass;
    private final ArrayList<TreeMap<Long, long[]>> columns = new ArrayList<>(); // by known digits

    private Counts(QuartileSearch search) {
      pass = search.pass;
      for (Column column : search.columns) {
        columns.add(column == null ? null : new TreeMap<>());
        if (column != null && pass == 0) {
          begin(columns.size() - 1, 0);
        } else if (column != null) {
          column.places.forEach(place -> begin(columns.size() - 1, place.prefix));
        }
      }
    }

    private void begin(int c, long prefix) {
      columns.get(c).computeIfAbsent(prefix, none -> new long[1 << DIGIT]);
    }

    /**
     * Counts the values of a sequence, NaN where one is missing.
     *
     * @param values // (n, C), and what does not count
     * @param count of the values, the first of which count
     */
    public void add(double[] values, int count) {
      int width = columns.size();
      for (int c = 0; c < width; c++) {
        for (int i = c; columns.get(c) != null && i < count; i += width) {
          if (!Double.isNaN(values[i])) {
            add(columns.get(c), key(values[i]));
          }
        }
      }
    }

    private void add(TreeMap<Long, long[]> counts, long key) {
      long[] ofDigits = counts.get(pass == 0 ? 0 : key >>> shift(pass - 1));
      if (ofDigits != null) {
        ofDigits[(int) ((key >>> shift(pass)) & ((1L << bits(pass)) - 1))]++;
      }
    }

    @Override
    public void merge(Counts other) {
      for (int c = 0; c < columns.size(); c++) {
        if (columns.get(c) != null) {
          merge(columns.get(c), other.columns.get(c));
        }
      }
    }

    private static void merge(TreeMap<Long, long[]> ours, TreeMap<Long, long[]> theirs) {
      theirs.forEach(
          (prefix, counts) -> {
            long[] sum = ours.get(prefix);
            Arrays.setAll(sum, digit -> sum[digit] + counts[digit]);
          });
    }
  }
}
