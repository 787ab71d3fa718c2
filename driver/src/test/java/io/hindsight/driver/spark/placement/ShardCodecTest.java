package io.hindsight.driver.spark.placement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardData;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShardCodecTest {
  private static final int SLOTS = 5;
  private static final int LONGEST = 2100; // features of more than a block of bytes

  /** What a sequence may hold. */
  enum Kind {
    TOKENS_AND_CLASSES,
    TOKENS_AND_NUMBERS,
    FEATURES_AND_NUMBERS,
    FEATURES_AND_CLASSES,
    FEATURES_AND_SOME_NUMBERS,
    TOKENS_AND_SOME_CLASSES,
    FEATURES_AND_WEIGHTED_NUMBERS,
    TOKENS_AND_WEIGHTED_CLASSES,
    FEATURES_ALONE;

    Sequence sequence(String id, int length) {
      int[] ids = new int[length];
      Arrays.setAll(ids, t -> 7 * t + length);
      Sequence inputs =
          name().startsWith("TOKENS")
              ? Sequence.ofTokens(id, ids)
              : Sequence.ofFeatures(id, numbers(3 * length), length);
      Sequence sequence =
          switch (this) {
            case TOKENS_AND_CLASSES, FEATURES_AND_CLASSES -> inputs.withClasses(ids.clone());
            case TOKENS_AND_NUMBERS, FEATURES_AND_NUMBERS ->
                inputs.withTargets(numbers(2 * length));
            case FEATURES_AND_SOME_NUMBERS -> inputs.withTargets(some(numbers(2 * length)));
            case FEATURES_AND_WEIGHTED_NUMBERS ->
                inputs.withTargets(numbers(2 * length)).withWeights(weights(length));
            case TOKENS_AND_WEIGHTED_CLASSES ->
                inputs.withClasses(ids.clone()).withWeights(weights(length));
            case TOKENS_AND_SOME_CLASSES -> inputs.withClasses(some(ids.clone()));
            case FEATURES_ALONE -> inputs;
          };
      return sequence.scoredFrom(length / 3);
    }

    /** Every third step has none. */
    private static double[] some(double[] targets) {
      for (int i = 2; i < targets.length - 1; i += 6) {
        targets[i] = Sequence.NO_VALUE;
        targets[i + 1] = Sequence.NO_VALUE;
      }
      return targets;
    }

    private static int[] some(int[] classes) {
      for (int t = 1; t < classes.length; t += 3) {
        classes[t] = Sequence.NO_CLASS;
      }
      return classes;
    }

    /** Every fourth is 0. */
    private static double[] weights(int length) {
      double[] weights = numbers(length);
      for (int t = 3; t < length; t += 4) {
        weights[t] = 0;
      }
      return weights;
    }

    private static double[] numbers(int count) {
      double[] numbers = new double[count];
      Arrays.setAll(numbers, i -> Math.sqrt(i + count));
      return numbers;
    }
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void shouldReadTheSameSequencesFromHeapAndFile(Kind kind) throws IOException {
    Shard shard = shard(kind);
    LocalFolder encrypted = new LocalFolder(folder, true);
    for (ShardMemory memory :
        List.of(onHeap(), inFile(), new ShardMemory(0, encrypted, new AtomicLong()))) {
      Shard copy = read(bytes(shard), memory);
      assertEquals(shard.id(), copy.id());
      assertEquals(shard.firstBlock(), copy.firstBlock());
      assertEquals(shard.blocks(), copy.blocks());
      assertEquals(shard.slots(), copy.slots());
      for (int slot = 0; slot < SLOTS; slot++) {
        assertEquals(shard.size(slot), copy.size(slot));
        for (int rank = 0; rank < shard.size(slot); rank++) {
          assertEquals(shard.window(slot, rank).steps(), copy.data().length(slot, rank));
          assertSame(shard.window(slot, rank).toSequence(), copy.window(slot, rank).toSequence());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldShowTheKernelsTheSameWindowsFromHeapAndFile(Kind kind) throws IOException {
    Shard heap = shard(kind);
    Shard file = read(bytes(heap), inFile());
    assertTrue(file.data() instanceof FiledSequences);
    for (int slot = 0; slot < SLOTS; slot++) {
      for (int rank = 0; rank < heap.size(slot); rank++) {
        int length = heap.data().length(slot, rank);
        for (int steps : new int[] {1, 2, 7, length}) {
          for (int start = 0; start < Math.min(length, 30); start += steps) {
            int most = Math.min(steps, length - start);
            assertSameWindow(
                put(heap, slot, rank, start, most), put(file, slot, rank, start, most));
          }
          int last = Math.max(0, length - steps);
          assertSameWindow(
              put(heap, slot, rank, last, length - last),
              put(file, slot, rank, last, length - last));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldWriteCutWindowsAsTheBytesOfTheirCopies(Kind kind) throws IOException {
    Sequence whole = kind.sequence("whole \u00e4", 50);
    List<Window> views = new ArrayList<>();
    for (int start = 0; start < 50; start += 7) {
      views.add(Window.cut(whole, start, Math.min(9, 50 - start)).scoredFrom(start % 2));
    }
    List<Sequence> copies = views.stream().map(Window::toSequence).toList();
    ShardData data = RankedWindows.of(views).slots(4, 0, 2);
    byte[] bytes = bytes(new Shard(1, 0, 1, data));
    List<List<Sequence>> slots =
        List.of(List.of(copies.get(0), copies.get(4)), List.of(copies.get(1), copies.get(5)));
    assertArrayEquals(bytes(new Shard(1, 0, 1, slots)), bytes);
    Shard read = read(bytes, inFile());
    assertEquals("whole \u00e4@0000000035", read.window(1, 1).id());
  }

  @Test
  void shouldNameTheStepsOfAPart() throws IOException {
    Shard file = read(bytes(shard(Kind.FEATURES_ALONE)), inFile());
    assertEquals("sequence 1-0, steps 4 to 9", put(file, 1, 0, 5, 4).sequence(0).id());
  }

  @Test
  void shouldLeaveNoFileBehind() throws IOException {
    Shard shard = read(bytes(shard(Kind.TOKENS_AND_CLASSES)), inFile());
    assertEquals(0, folder.toFile().list().length);
    assertEquals("sequence 1-0", shard.window(1, 0).id());
  }

  @Test
  void shouldKeepOnTheHeapWhatFits() throws IOException {
    byte[] bytes = bytes(shard(Kind.FEATURES_AND_NUMBERS));
    AtomicLong used = new AtomicLong();
    ShardMemory space = new ShardMemory(2L * bytes.length + 50_000, plain(), used);
    List<Boolean> filed = new ArrayList<>();
    List<Shard> kept = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      kept.add(read(bytes, space));
      filed.add(kept.get(i).data() instanceof FiledSequences);
    }
    assertEquals(List.of(false, false, true), filed);
    assertTrue(used.get() > 2L * bytes.length * 99 / 100, "used " + used);
  }

  @Test
  void shouldGiveBackItsRoomOnTheHeapWithTheShard() throws Exception {
    AtomicLong used = new AtomicLong();
    read(bytes(shard(Kind.FEATURES_ALONE)), new ShardMemory(Long.MAX_VALUE, plain(), used));
    for (int i = 0; i < 200 && used.get() > 0; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertEquals(0, used.get());
  }

  private ShardMemory onHeap() {
    return new ShardMemory(Long.MAX_VALUE, plain(), new AtomicLong());
  }

  private ShardMemory inFile() {
    return new ShardMemory(0, plain(), new AtomicLong());
  }

  private LocalFolder plain() {
    return new LocalFolder(folder, false);
  }

  private static Shard shard(Kind kind) {
    List<List<Sequence>> slots = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      List<Sequence> sequences = new ArrayList<>();
      for (int rank = 0; rank < slot; rank++) {
        int length = slot == 4 && rank == 0 ? LONGEST : 10 * slot + rank;
        sequences.add(kind.sequence("sequence " + slot + "-" + rank, length));
      }
      slots.add(sequences);
    }
    return new Shard(3, 2, 1, slots);
  }

  private static byte[] bytes(Shard shard) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    ShardCodec.writeHead(out, shard);
    ShardCodec.writeRecords(out, shard);
    return bytes.toByteArray();
  }

  private static Shard read(byte[] bytes, ShardMemory space) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    Shard shard = ShardCodec.readRecords(in, ShardCodec.readHead(in), space);
    assertEquals(-1, in.read(), "bytes left over");
    return shard;
  }

  private static SequenceBatch put(Shard shard, int slot, int rank, int start, int steps) {
    SequenceBatch batch = new SequenceBatch(1);
    shard.data().put(batch, 0, slot, rank, start, steps);
    return batch;
  }

  private static void assertSame(Sequence expected, Sequence actual) {
    assertEquals(expected.id(), actual.id());
    assertEquals(expected.length(), actual.length());
    assertEquals(expected.firstTarget(), actual.firstTarget());
    assertEquals(expected.isTokens(), actual.isTokens());
    assertEquals(expected.width(), actual.width());
    assertEquals(expected.targetWidth(), actual.targetWidth());
    assertEquals(expected.hasTargets(), actual.hasTargets());
    assertArrayEquals(expected.features(), actual.features());
    assertArrayEquals(expected.tokens(), actual.tokens());
    assertArrayEquals(expected.targets(), actual.targets());
    assertArrayEquals(expected.classes(), actual.classes());
    assertArrayEquals(expected.weights(), actual.weights());
  }

  /** What a kernel may ask of a lane, whatever part of the sequence stands behind it. */
  private static void assertSameWindow(SequenceBatch expected, SequenceBatch actual) {
    assertEquals(expected.length(0), actual.length(0));
    assertEquals(expected.start(0) == 0, actual.start(0) == 0, "where the state is reset");
    for (int t = 0; t < expected.length(0) + 1; t++) {
      assertEquals(expected.isScored(0, t, false), actual.isScored(0, t, false));
      assertEquals(expected.isScored(0, t, true), actual.isScored(0, t, true));
    }
    Sequence one = expected.sequence(0);
    Sequence other = actual.sequence(0);
    int steps = expected.length(0);
    assertSame(
        one.window("window", expected.start(0), steps),
        other.window("window", actual.start(0), steps));
    assertFalse(other.length() > steps + 2, "read more than the window");
  }
}
