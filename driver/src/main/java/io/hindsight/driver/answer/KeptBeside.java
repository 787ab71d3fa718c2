package io.hindsight.driver.answer;

import io.hindsight.datasets.encoded.EncodedInput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Sequences on their way to be answered. What is kept of their rows waits here until their answers
 * come, which is in the same order.
 */
public final class KeptBeside implements Iterator<EncodedInput> {
  private final Iterator<KeptInput> inputs;
  private final Deque<KeptInput> waiting = new ArrayDeque<>();

  /** Beside these. */
  public KeptBeside(Iterator<KeptInput> inputs) {
    this.inputs = inputs;
  }

  @Override
  public boolean hasNext() {
    return inputs.hasNext();
  }

  @Override
  public EncodedInput next() {
    KeptInput next = inputs.next();
    waiting.add(next);
    return next.input();
  }

  /**
   * What is kept of the row that an answer is of, which is the newest that was read; of a sequence
   * without an answer it is the last.
   *
   * @param answer no earlier than the one before
   * @return null if nothing is kept
   */
  public String of(Answer answer) {
    while (!waiting.element().input().id().equals(answer.id())) {
      waiting.remove();
    }
    List<String> kept = waiting.element().kept();
    int last = kept.size() - 1; // the only one where a row holds the whole sequence
    int row = answer.step() == null ? last : Math.min(answer.step(), last);
    return last < 0 ? null : kept.get(row);
  }
}
