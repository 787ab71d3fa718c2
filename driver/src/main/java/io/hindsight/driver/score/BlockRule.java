package io.hindsight.driver.score;

import io.hindsight.datasets.encoding.Encoding;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the errors of scored targets are brought together in blocks.
 *
 * @param horizon h, but at least 1: rows of the smallest block
 * @param offset from a step of a sequence to the row that is its present
 * @param classes names of classes, so that models that number them otherwise can be compared; empty
 *     where targets are no classes
 */
public record BlockRule(int horizon, int offset, List<String> classes) implements Serializable {
  public BlockRule {
    classes = List.copyOf(classes);
  }

  /** The rule for data of an encoding. */
  public static BlockRule of(Encoding encoding) {
    if (encoding instanceof Encoding.Table table) {
      return new BlockRule(
          Math.max(1, table.horizon().steps()),
          table.offset(),
          table.labels().map(labels -> labels.names()).orElse(List.of()));
    }
    if (encoding instanceof Encoding.Text text) {
      return new BlockRule(
          1,
          0,
          IntStream.range(0, text.vocabulary().size())
              .mapToObj(token -> Character.toString(text.vocabulary().codePoint(token)))
              .toList());
    }
    int horizon = encoding instanceof Encoding.Generated task ? task.horizon() : 0;
    return new BlockRule(Math.max(1, horizon), 0, List.of());
  }
}
