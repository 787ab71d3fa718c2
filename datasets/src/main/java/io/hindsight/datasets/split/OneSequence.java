package io.hindsight.datasets.split;

import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;

/** A sequence that is divided as those are which are kept elsewhere: its parts are places. */
final class OneSequence extends SequenceList {
  private final Sequence sequence;

  OneSequence(Sequence sequence) {
    this.sequence = sequence;
  }

  @Override
  public boolean isHeld() {
    return false;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public Sequence get(int index) {
    return sequence;
  }

  @Override
  public String id(int index) {
    return sequence.id();
  }

  @Override
  public int length(int index) {
    return sequence.length();
  }

  @Override
  public int scoredFrom(int index) {
    return sequence.firstTarget();
  }

  @Override
  public Window window(int index, int start, int steps, boolean cut) {
    int scoredFrom = Math.min(steps, Math.max(0, sequence.firstTarget() - start));
    return new Window(sequence, start, steps, scoredFrom, cut);
  }
}
