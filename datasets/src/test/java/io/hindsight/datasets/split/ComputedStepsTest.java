package io.hindsight.datasets.split;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.columns.RawRows;
import io.hindsight.datasets.columns.RawSide;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.PartSums;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.fit.HeldTable;
import io.hindsight.datasets.fit.TableFit;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.stored.EncodedRow;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.TimeInputs;
import io.hindsight.datasets.windows.ComputedSteps;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.datasets.windows.WindowHash;
import io.hindsight.datasets.windows.Windows;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps that are computed when they are asked for are those that are encoded all at once. */
class ComputedStepsTest {
  private static final int PIECE = 1 << 14; // steps that are hashed at a time
  private static final int MANY = 1 << 18; // steps, of which all are not held at once

  private static final TableSpec VALUES =
      Tables.withSplit(
          Tables.withColumns(
              Tables.csv("a.csv"), List.of("x", "y"), List.of("y"), TargetKind.VALUE),
          new Split(Split.By.TIME, 0.1, 0.2));

  static List<TableSpec> specs() {
    return List.of(
        Tables.withScale(VALUES, Scale.STANDARDIZE, false),
        Tables.withScale(Tables.withHorizon(VALUES, 3), Scale.LOG, true),
        Tables.withScale(Tables.withHorizon(VALUES, 0), Scale.MINMAX, false));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void shouldBeTheSameWhereverPiecesEnd(TableSpec spec) {
    for (int length : new int[] {40, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 3}) {
      for (boolean even : new boolean[] {true, false}) {
        RawSequence raw = raw(length + 4, even);
        TableEncoder encoder = encoder(spec, raw);
        assertTrue(encoder.isOfNumbersAlone());
        Sequence whole = encoder.withTargets(raw);
        ComputedSteps steps = encoder.computed(raw, encoder.lengthOf(raw));
        assertArrayEquals(hash(whole), hash(steps.get(0)));
        assertArrayEquals(hash(whole), WindowHash.of(steps, 0));
        PartCuts cuts = new PartCuts(length / 2, length / 2 + 1, length - 2, length - 1, length);
        sameParts(whole, steps, cuts, encoder, raw);
        sameWindows(whole, steps);
      }
    }
  }

  private static void sameParts(
      Sequence whole, ComputedSteps steps, PartCuts cuts, TableEncoder encoder, RawSequence raw) {
    PartSums expected = new PartSums();
    Splits.forEach(whole, cuts, expected::add);
    PartSums sums = new PartSums();
    sums.add(Splits.at(steps, index -> cuts));
    assertEquals(expected.fingerprint(null), sums.fingerprint(null));
    assertEquals(
        Arrays.deepToString(expected.tally().numbers().toArray()),
        Arrays.deepToString(sums.tally().numbers().toArray()));
    EncodedRow row = EncodedRow.of(steps, encoder.series(raw), cuts);
    byte[] bytes = new EncodedRow(whole, encoder.series(raw), cuts).toBytes();
    assertArrayEquals(bytes, row.toBytes());
    assertEquals(bytes.length, row.size());
    assertEquals(new EncodedRow(whole, encoder.series(raw), cuts).isComplete(), row.isComplete());
    for (int most : new int[] {1, 7, 1 << 16, bytes.length - 1, bytes.length, bytes.length + 1}) {
      if (most > 7 || bytes.length < 5000) {
        assertArrayEquals(bytes, joined(row.parts(most)), "parts of " + most);
      }
    }
  }

  private static byte[] joined(Iterator<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEachRemaining(all::writeBytes);
    return all.toByteArray();
  }

  private static void sameWindows(Sequence whole, ComputedSteps steps) {
    SequenceList part = Splits.at(steps, i -> new PartCuts(1, 3)).test();
    WindowBlocks expected = WindowBlocks.whole(List.of(whole.scoredFrom(3)));
    WindowBlocks pieces = WindowBlocks.inPieces(part);
    for (boolean last : new boolean[] {true, false}) {
      assertEquals(expected.unscored(last), pieces.unscored(last));
    }
    for (int stride : new int[] {1, 4}) {
      WindowBlocks held = Windows.scoring(expected, 4, stride);
      WindowBlocks cut = Windows.scoring(pieces, 4, stride);
      assertEquals(held.size(), cut.size());
      for (int i = 0; i < held.size(); i += 1 + held.size() / 50) {
        Window window = cut.window(i);
        assertEquals(held.window(i).id(), window.id());
        assertEquals(
            held.window(i).start(), window.sequence().origin() + window.start(), "its place");
        assertArrayEquals(
            WindowHash.of(held.window(i)), WindowHash.of(window), "window " + window.id());
        assertTrue(window.sequence().length() <= 4, "no more is computed");
      }
    }
  }

  @Test
  void shouldHoldFewStepsAndComputeManyOfNumbersAlone() {
    TableSpec spec = specs().get(0);
    RawSequence few = raw(100, true);
    assertFalse(encoder(spec, few).steps(few) instanceof ComputedSteps);
    RawSequence many = raw(MANY + 2, true);
    TableEncoder encoder = encoder(spec, many);
    SequenceList steps = encoder.steps(many);
    assertInstanceOf(ComputedSteps.class, steps);
    assertArrayEquals(hash(encoder.withTargets(many)), WindowHash.of(steps, 0));
    RawSequence border = raw(MANY + 1, true); // the last row has no target
    assertFalse(encoder(spec, border).steps(border) instanceof ComputedSteps);
    TableEncoder byWindow = encoder(spec.with(ScaleBy.SEQUENCE), many);
    assertFalse(byWindow.steps(many) instanceof ComputedSteps);
  }

  private static TableEncoder encoder(TableSpec spec, RawSequence raw) {
    RawTable table = new RawTable("a.csv", List.of(raw), List.of("x", "y"), List.of("y"), false);
    Encoding encoding =
        new TableFit(spec, spec.split(), 3, new HeldTable(table, 3), TimeInputs.NONE, warning -> {})
            .fit(new SourceSnapshot.Unknown("a.csv"), DataStore.onHeap())
            .encoding();
    Encoding.Table fitted = (Encoding.Table) encoding;
    return new TableEncoder(fitted, TableTimes.of(List.of(raw), fitted.timeSteps()));
  }

  /** Rows of which, unless they are even, some are missing and so are some of the targets. */
  private static RawSequence raw(int rows, boolean even) {
    Random random = new Random(rows);
    double[] inputs = random.doubles(2L * rows, 1, 3).toArray();
    double[] numbers = IntStream.range(0, rows).mapToDouble(i -> inputs[2 * i + 1]).toArray();
    List<String> times =
        IntStream.range(0, rows).mapToObj(i -> "" + 5 * (even ? i : i + i / 9)).toList();
    RawRows read =
        new RawRows(
            times,
            RowNumbers.of(inputs),
            RowNumbers.of(numbers),
            null,
            rows,
            List.of(),
            RawSide.NONE);
    return new RawSequence("a", () -> "a.csv", read);
  }

  private static byte[] hash(Sequence sequence) {
    return WindowHash.of(Window.whole(sequence));
  }
}
