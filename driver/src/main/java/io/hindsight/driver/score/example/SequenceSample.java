package io.hindsight.driver.score.example;

import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import java.util.stream.IntStream;

/** Which sequences are looked at, where there are too many steps to read all of them. */
final class SequenceSample {
  private SequenceSample() {}

  /**
   * All sequences, or every n-th in the order of their ids, until so many steps are read; the first
   * of them in any case.
   *
   * @return their indices, ascending
   */
  static int[] of(SequenceList part, long mostSteps) {
    long steps = IntStream.range(0, part.size()).mapToLong(part::length).sum();
    long every = Math.max(1, (steps + mostSteps - 1) / mostSteps);
    IntStream.Builder chosen = IntStream.builder();
    long read = 0;
    for (long i = 0; i < part.size(); i += every) {
      read += part.length((int) i);
      if (i > 0 && read > mostSteps) {
        break;
      }
      chosen.add((int) i);
    }
    return chosen.build().toArray();
  }

  /** The same sequence, scored at its newest steps that have a target, and at so many at most. */
  static Sequence newest(Sequence sequence, int most) {
    int from = sequence.length();
    for (int left = most; left > 0 && from > sequence.firstTarget(); from--) {
      left -= sequence.isScored(from - 1) ? 1 : 0;
    }
    return sequence.scoredFrom(from);
  }
}
