package io.hindsight.datasets.encoding;

import io.hindsight.kernels.batch.Sequence;
import java.util.HashMap;
import java.util.Map;

/** Finds the class of a label, however a whole number is written. */
public final class LabelIndex {
  /** The id of a label that is none of the classes: it is no target. */
  static final int UNKNOWN = Sequence.NO_CLASS;

  private final Map<String, Integer> exact = new HashMap<>();
  private final Map<String, Integer> byKey = new HashMap<>();

  /** Looks up among these labels. */
  public LabelIndex(Labels labels) {
    for (String name : labels.names()) {
      byKey.putIfAbsent(LabelText.key(name), exact.size());
      exact.put(name, exact.size());
    }
  }

  /**
   * The class id of a label, or {@link #UNKNOWN}; the same spelling goes before the same number.
   */
  public int of(String label) {
    Integer id = exact.get(label);
    return id != null ? id : byKey.getOrDefault(LabelText.key(label), UNKNOWN);
  }
}
