package io.hindsight.datasets.windows;

import io.hindsight.datasets.IdOrder;
import io.hindsight.kernels.batch.Window;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Windows that sequences were cut into to train on them, in the order of the windows' ids: of each
 * its sequence and its start, so eight bytes.
 */
final class TrainingWindows extends WindowList {
  private static final char SEPARATOR = '@'; // between a sequence's id and a window's start

  private final SequenceList sequences;
  private final int window; // steps, or fewer at a sequence's end
  private final int[] sequenceOf; // (windows)
  private final int[] startOf; // (windows)

  private TrainingWindows(SequenceList sequences, int window, int[] sequenceOf, int[] startOf) {
    this.sequences = sequences;
    this.window = window;
    this.sequenceOf = sequenceOf;
    this.startOf = startOf;
  }

  /** Cuts sequences, as {@link Windows#training} says. */
  static TrainingWindows of(SequenceList sequences, int window, int stride) {
    IntStream.Builder sequenceOf = IntStream.builder();
    IntStream.Builder startOf = IntStream.builder();
    for (int index : inOrderOfWindows(sequences)) {
      int length = sequences.length(index);
      for (int start = 0; start == 0 || start - stride + window < length; start += stride) {
        if (sequences.isAnyScored(index, start, Math.min(length, start + window))) {
          sequenceOf.add(index);
          startOf.add(start);
        }
      }
    }
    TrainingWindows cut =
        new TrainingWindows(
            sequences, window, sequenceOf.build().toArray(), startOf.build().toArray());
    return cut.isMixed() ? cut.sorted() : cut;
  }

  /**
   * The sequences in the order that their windows have: {@code a-b@…} is before {@code a@…}, though
   * {@code a} is before {@code a-b}.
   */
  private static int[] inOrderOfWindows(SequenceList sequences) {
    Comparator<Integer> order =
        Comparator.comparing(index -> sequences.id(index) + SEPARATOR, IdOrder.UTF_8);
    for (int index = 1; index < sequences.size(); index++) {
      if (order.compare(index - 1, index) >= 0) {
        Integer[] sorted = IntStream.range(0, sequences.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(sorted, order);
        return Arrays.stream(sorted).mapToInt(Integer::intValue).toArray();
      }
    }
    return IntStream.range(0, sequences.size()).toArray();
  }

  /** Whether windows of a sequence may belong among another's: {@code a@1@…} among {@code a@…}. */
  private boolean isMixed() {
    for (int i = 1; i < sequenceOf.length; i++) {
      String before = sequences.id(sequenceOf[i - 1]);
      String id = sequences.id(sequenceOf[i]);
      if (sequenceOf[i] != sequenceOf[i - 1] && id.startsWith(before + SEPARATOR)) {
        return true;
      }
    }
    return false;
  }

  private TrainingWindows sorted() {
    Integer[] order = IntStream.range(0, size()).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparing(this::id, IdOrder.UTF_8));
    return new TrainingWindows(sequences, window, pick(sequenceOf, order), pick(startOf, order));
  }

  private static int[] pick(int[] values, Integer[] order) {
    return Arrays.stream(order).mapToInt(index -> values[index]).toArray();
  }

  private String id(int index) {
    return Window.id(sequences.id(sequenceOf[index]), startOf[index]);
  }

  /** They are. */
  @Override
  public WindowList ranked() {
    return this;
  }

  @Override
  public boolean isHeld() {
    return sequences.isHeld();
  }

  @Override
  public Optional<SharedFiles> shared() {
    return sequences.shared();
  }

  @Override
  public StoredSteps stored(int index) {
    return sequences.stored(sequenceOf[index], startOf[index], steps(index), true);
  }

  @Override
  public int size() {
    return sequenceOf.length;
  }

  @Override
  public int steps(int index) {
    return Math.min(window, sequences.length(sequenceOf[index]) - startOf[index]);
  }

  @Override
  public Window get(int index) {
    return part(index, 0, steps(index));
  }

  @Override
  public Window part(int index, int from, int to) {
    return sequences.window(sequenceOf[index], startOf[index] + from, to - from, true);
  }
}
