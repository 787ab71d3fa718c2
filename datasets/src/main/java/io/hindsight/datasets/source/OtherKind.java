package io.hindsight.datasets.source;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoding.Encoding;

/** Refuses data that a model of another kind of data cannot read. */
final class OtherKind {
  private OtherKind() {}

  /**
   * The refusal.
   *
   * @param data what there is, in words
   * @param stored what the model was trained on
   */
  static DataException of(String data, Encoding stored) {
    return new DataException(
        "a model reads the kind of data it was trained on",
        data,
        "the model was trained on " + describe(stored),
        "name data of the same kind");
  }

  private static String describe(Encoding stored) {
    if (stored instanceof Encoding.Generated task) {
      return "generator '" + task.name() + "'";
    }
    return stored instanceof Encoding.Text ? "text" : "a table";
  }
}
