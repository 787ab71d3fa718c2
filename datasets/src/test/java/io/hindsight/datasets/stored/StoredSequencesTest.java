package io.hindsight.datasets.stored;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.time.Timeline;
import io.hindsight.datasets.windows.Beginnings;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.datasets.windows.WindowHash;
import io.hindsight.datasets.windows.WindowList;
import io.hindsight.datasets.windows.Windows;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequences in a file, against the same on the heap. */
class StoredSequencesTest {
  private static final List<String> IDS =
      List.of("a", "a!", "a@", "a@1", "a-1", "b", "Zürich", "\uE000", "\uD83D\uDE00");

  @TempDir Path folder;

  @Test
  void shouldReadALongSequenceInPiecesThatAreWhatIsReadAlone() throws IOException {
    int length = (1 << 16) + 5;
    int piece = 1 << 14;
    double[] numbers = IntStream.range(0, 2 * length).mapToDouble(Math::sqrt).toArray();
    double[] targets = IntStream.range(0, length).mapToDouble(Math::cbrt).toArray();
    Sequence sequence = Sequence.ofFeatures("long", numbers, length).withTargets(targets);
    TargetSeries series = new TargetSeries(RowNumbers.of(targets), line(length));
    EncodedRow row = new EncodedRow(sequence, series, new PartCuts(5, 6));
    try (SequenceWriter writer = new EncodedStore(new LocalFolder(folder, true), 0).writer()) {
      writer.add(row.toBytes());
      SequenceList stored = writer.finish().sequences();
      for (int start : new int[] {0, piece - 1, piece, piece + 1, 2 * piece - 3, length - 7, 3}) {
        for (int steps : new int[] {1, 7, piece, 2 * piece}) {
          int count = Math.min(steps, length - start);
          Window near = stored.near(0, start, count);
          assertEquals(start, near.sequence().origin() + near.start());
          assertArrayEquals(
              WindowHash.of(stored.window(0, start, count, false)), WindowHash.of(near));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGiveWhatTheHeapGives(boolean classes) {
    List<EncodedRow> rows = rows(classes);
    SequenceList held = held(rows);
    SequenceWriter.Rows written = written(rows, 0);
    SequenceList stored = written.sequences();
    assertFalse(stored.isHeld());
    assertEquals(held.size(), stored.size());
    for (int index = 0; index < held.size(); index++) {
      assertEquals(held.id(index), stored.id(index));
      assertEquals(held.length(index), stored.length(index));
      assertSameNumbers(held.get(index), stored.get(index));
      String id = held.id(index);
      EncodedRow row =
          rows.stream().filter(r -> r.sequence().id().equals(id)).findFirst().orElseThrow();
      assertEquals(row.cuts(), written.cuts().apply(index));
      assertEquals(row.cuts(), written(rows, 1 << 20).cuts().apply(index));
    }
    for (EncodedRow row : rows) {
      TargetSeries series = written.series().apply(row.sequence().id());
      assertArrayEquals(numbers(row.series()), numbers(series));
    }
    assertNull(written.series().apply("c"));
  }

  @Test
  void shouldKeepLittleOnTheHeap() {
    List<EncodedRow> rows = rows(false);
    SequenceWriter.Rows few = written(rows, 1 << 20);
    assertTrue(few.sequences().isHeld());
    assertSame(few.sequences().get(3), few.sequences().get(3));
    assertArrayEquals(
        numbers(rows.get(0).series()), numbers(few.series().apply(rows.get(0).sequence().id())));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 40})
  void shouldCutTheSameWindows(int window) {
    List<EncodedRow> rows = rows(false);
    WindowList held = Windows.training(held(rows), window, 1 + window / 2).ranked();
    WindowList stored =
        Windows.training(written(rows, 0).sequences(), window, 1 + window / 2).ranked();
    assertEquals(held.size(), stored.size());
    for (int index = 0; index < held.size(); index++) {
      assertEquals(held.steps(index), stored.steps(index));
      Sequence expected = held.get(index).toSequence();
      assertSameNumbers(expected, stored.get(index).toSequence());
      int from = held.steps(index) / 3;
      Window part = stored.part(index, from, held.steps(index));
      assertSameNumbers(
          expected.window(part.sequence().id(), from, held.steps(index) - from), part.toSequence());
    }
  }

  @Test
  void shouldDivideSequencesWithoutReadingThem() {
    List<EncodedRow> rows = rows(false);
    SequenceList held = held(rows);
    SequenceList stored = written(rows, 0).sequences();
    Beginnings.Builder builder = new Beginnings.Builder();
    builder.add(1, held.length(1), 2);
    builder.add(4, held.length(4) - 1, held.length(4) - 3);
    Beginnings part = builder.of(stored);
    assertEquals(List.of(held.id(1), held.id(4)), part.stream().map(Sequence::id).toList());
    assertSameNumbers(held.get(1).scoredFrom(2), part.get(0));
    int length = held.length(4) - 1;
    Sequence expected = held.get(4).window(held.id(4), 0, length).scoredFrom(length - 2);
    assertSameNumbers(expected, part.get(1));
    Window end = part.window(1, length - 4, 4, true);
    assertEquals(2, end.scoredFrom());
    assertSameNumbers(
        expected.window(Window.id(held.id(4), length - 4), length - 4, 4), end.toSequence());
  }

  @Test
  void shouldSayWhereAFileCannotBeMade() {
    byte[] row = rows(false).get(0).toBytes();
    try (SequenceWriter writer =
        new EncodedStore(new LocalFolder(folder.resolve("none"), false), 0).writer()) {
      String message = assertThrows(UncheckedIOException.class, () -> writer.add(row)).getMessage();
      assertTrue(
          message.startsWith("cannot make the file of the encoded data under " + folder), message);
    }
  }

  private static SequenceList held(List<EncodedRow> rows) {
    return SequenceList.of(
        rows.stream()
            .map(EncodedRow::sequence)
            .sorted(Comparator.comparing(Sequence::id, IdOrder.UTF_8))
            .toList());
  }

  private SequenceWriter.Rows written(List<EncodedRow> rows, long heap) {
    List<EncodedRow> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(5));
    try (SequenceWriter writer = new EncodedStore(new LocalFolder(folder, true), heap).writer()) {
      shuffled.forEach(row -> writer.add(row.toBytes()));
      return writer.finish();
    }
  }

  private static List<EncodedRow> rows(boolean classes) {
    Random random = new Random(3);
    List<EncodedRow> rows = new ArrayList<>();
    for (String id : IDS) {
      int length = 5 + 4 * rows.size();
      double[] features = random.doubles(2L * length).toArray();
      Sequence inputs = Sequence.ofFeatures(id, features, length);
      double[] targets = random.doubles(3L * length).toArray();
      int[] labels = random.ints(length, 0, 4).toArray();
      Sequence sequence = classes ? inputs.withClasses(labels) : inputs.withTargets(targets);
      double[] series = classes ? null : random.doubles(3L * (length + 1)).toArray();
      PartCuts cuts = new PartCuts(rows.size(), length - 1);
      rows.add(
          new EncodedRow(
              sequence, new TargetSeries(RowNumbers.of(series), line(length + 1)), cuts));
    }
    return rows;
  }

  /** Evenly spaced rows. */
  private static Timeline line(int rows) {
    return Timeline.get(ByteBuffer.allocate(Integer.BYTES + 1).putInt(rows).put((byte) 0).flip());
  }

  private static void assertSameNumbers(Sequence expected, Sequence actual) {
    assertEquals(expected.id(), actual.id());
    assertEquals(expected.length(), actual.length());
    assertEquals(expected.firstTarget(), actual.firstTarget());
    assertArrayEquals(expected.features(), actual.features());
    assertArrayEquals(expected.targets(), actual.targets());
    assertArrayEquals(expected.classes(), actual.classes());
  }

  private static double[] numbers(TargetSeries series) {
    return series.values() == null ? null : series.values().toArray();
  }
}
