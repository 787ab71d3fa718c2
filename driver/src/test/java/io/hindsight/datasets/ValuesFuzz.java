package io.hindsight.datasets;

import io.hindsight.datasets.encoding.LabelIndex;
import io.hindsight.datasets.encoding.Labels;
import io.hindsight.fuzz.Parsing;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts of a table's columns of numbers and labels, one per line. */
public final class ValuesFuzz {
  private ValuesFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, ValuesFuzz::parse, DataException.class);
  }

  private static void parse(byte[] input) {
    List<String> lines = new String(input, StandardCharsets.UTF_8).lines().limit(256).toList();
    for (String line : lines) {
      Numbers.read(
          line, ",".equals(line) ? line.charAt(0) : (char) (line.length() % 2 == 0 ? 44 : 46));
      Numbers.decimal(line);
    }
    LabelIndex labels = new LabelIndex(Labels.of(lines));
    for (String line : lines) {
      if (labels.of(line) < 0) {
        throw new AssertionError("a label of none of its own classes: " + line);
      }
    }
  }
}
