package io.hindsight.datasets.windows;

import io.hindsight.datasets.IdOrder;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.Comparator;
import java.util.Optional;

/** Sequences that are not cut. */
final class WholeWindows extends WindowList {
  private final SequenceList sequences;

  WholeWindows(SequenceList sequences) {
    this.sequences = sequences;
  }

  @Override
  public WindowList ranked() {
    for (int index = 1; index < size(); index++) {
      int order = IdOrder.UTF_8.compare(sequences.id(index - 1), sequences.id(index));
      if (order == 0) {
        throw twins(sequences.id(index));
      }
      if (order > 0) {
        return new WholeWindows(sorted(sequences)).ranked();
      }
    }
    return this;
  }

  private static SequenceList sorted(SequenceList sequences) {
    return SequenceList.of(
        sequences.stream().sorted(Comparator.comparing(Sequence::id, IdOrder.UTF_8)).toList());
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
    return sequences.stored(index, 0, sequences.length(index), false);
  }

  @Override
  public int size() {
    return sequences.size();
  }

  @Override
  public int steps(int index) {
    return sequences.length(index);
  }

  @Override
  public Window get(int index) {
    return Window.whole(sequences.get(index));
  }

  @Override
  public Window part(int index, int from, int to) {
    return sequences.window(index, from, to - from, false);
  }
}
