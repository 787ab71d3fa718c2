package io.hindsight.datasets.rows.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.rows.TimeKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Rows that are sorted in runs come out as if each had been sorted by itself. */
class StepRunsTest {
  private static final int STEPS = 500;
  private static final int LAST_COLUMN = 6; // of a row without a place: the others of its run

  /** As Spark compares the columns by which {@link StepReader#sort} sorts; none comes first. */
  private static final Comparator<Row> SPARK =
      Comparator.<Row>comparingLong(row -> row.getLong(0))
          .thenComparing(row -> utf8(row.getString(1)), Arrays::compareUnsigned)
          .thenComparingLong(row -> row.getLong(2))
          .thenComparing(row -> (byte[]) row.get(3), Arrays::compareUnsigned);

  private static final Comparator<Row> WITH_PLACES =
      SPARK.thenComparing(row -> (byte[]) row.get(6), Arrays::compareUnsigned);

  @Test
  void aSequenceInOrderIsFewRows() {
    List<Row> rows = sequence("a");

    List<Row> runs = runs(rows);

    assertTrue(runs.size() < STEPS / 8, "many rows");
    assertEquals(rows, merged(runs, SPARK));
  }

  @Test
  void sequencesThatLieBesideEachOtherAtEachTimeAreFewRows() {
    List<Row> rows = new ArrayList<>();
    for (int t = 0; t < STEPS; t++) {
      for (int s = 0; s < 30; s++) {
        rows.add(step("s" + s, t, String.valueOf(t)));
      }
    }

    List<Row> runs = runs(rows);

    assertTrue(runs.size() < rows.size() / 8, "many rows");
    assertEquals(sorted(rows, SPARK), merged(runs, SPARK));
  }

  /** Else all of a long sequence would be held where it is put in order. */
  @Test
  void rowsInNoOrderGoEachByItself() {
    List<Row> rows = sequence("a");
    Collections.shuffle(rows, new Random(3));

    List<Row> runs = runs(rows);

    assertEquals(STEPS, runs.size());
    assertTrue(runs.stream().allMatch(row -> row.isNullAt(LAST_COLUMN)), "some are in runs");
    assertEquals(sequence("a"), merged(runs, SPARK));
  }

  @Test
  void timesOfPartsThatOverlapAreInterleaved() {
    List<Row> all = new ArrayList<>();
    List.of("a", "b", "ü", "\ud83d\ude00", "\uffee").forEach(id -> all.addAll(sequence(id)));
    Random random = new Random(5);
    int[] part = random.ints(all.size(), 0, 7).toArray();
    List<Row> runs = new ArrayList<>();
    for (int p = 0; p < 7; p++) {
      List<Row> some = new ArrayList<>();
      for (int i = 0; i < part.length; i++) {
        if (part[i] == p) {
          some.add(all.get(i));
        }
      }
      runs.addAll(runs(some));
    }

    assertTrue(runs.size() < all.size() / 8, "many rows");
    assertEquals(sorted(all, SPARK), merged(runs, SPARK));
  }

  @Test
  void moreRowsThanMayWaitAreStillAllThere() {
    List<Row> rows = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      for (int s = 0; s < 20_000; s++) {
        rows.add(step("s" + s, t, null));
      }
    }

    assertEquals(sorted(rows, SPARK), merged(runs(rows), SPARK));
  }

  /** Bytes decide between times that are one double, and places between rows of one time. */
  @Test
  void rowsOfOneNumberKeepTheOrderOfTheirBytesAndPlaces() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      byte[] rest = i % 5 == 0 ? null : new byte[] {(byte) (40 * (i % 5))};
      byte[] place = {(byte) (i >> 8), (byte) i};
      long number = RoughOrder.of("a", new TimeKey(i / 20, rest));
      rows.add(RowFactory.create(number, "a", (long) (i / 20), rest, null, utf8("v" + i), place));
    }
    List<Row> inOrder = sorted(rows, WITH_PLACES);

    assertEquals(inOrder, merged(runs(inOrder), WITH_PLACES));
    assertTrue(runs(inOrder).size() < STEPS / 8, "many rows");
    assertEquals(inOrder, merged(runs(rows), WITH_PLACES));
  }

  private static List<Row> sequence(String id) {
    List<Row> rows = new ArrayList<>();
    for (int t = 0; t < STEPS; t++) {
      rows.add(step(id, t, t % 3 == 0 ? null : "время " + t));
    }
    return rows;
  }

  private static Row step(String id, int t, String time) {
    long order = Double.doubleToLongBits(t);
    long number = RoughOrder.of(id, new TimeKey(order, null));
    return RowFactory.create(number, id, order, null, time, utf8(id + " at " + t));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Row> runs(List<Row> rows) {
    List<Row> runs = new ArrayList<>();
    StepRuns.of(rows.iterator()).forEachRemaining(runs::add);
    return runs;
  }

  /** What comes out of runs that are sorted. */
  private static List<Row> merged(List<Row> runs, Comparator<Row> order) {
    List<Row> rows = new ArrayList<>();
    new MergedRuns(sorted(runs, order).iterator()).forEachRemaining(rows::add);
    return rows;
  }

  private static List<Row> sorted(List<Row> rows, Comparator<Row> order) {
    return rows.stream().sorted(order).toList();
  }
}
