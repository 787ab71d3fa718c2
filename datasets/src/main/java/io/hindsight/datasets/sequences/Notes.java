package io.hindsight.datasets.sequences;

import io.hindsight.datasets.rows.Findings;
import java.util.List;
import java.util.TreeSet;

/** Short texts that tasks tell the driver, each once. */
final class Notes implements Findings<Notes> {
  private static final long serialVersionUID = 1L;

  private final TreeSet<String> texts = new TreeSet<>();

  void add(String text) {
    texts.add(text);
  }

  @Override
  public void merge(Notes other) {
    texts.addAll(other.texts);
  }

  /** In the order of texts. */
  List<String> all() {
    return List.copyOf(texts);
  }
}
