package io.hindsight.driver.stateful;

import io.hindsight.datasets.spec.ReadColumns;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/** Tells whether rows that were kept have the columns that a model reads. */
final class ColumnsFingerprint {
  private ColumnsFingerprint() {}

  static long of(ReadColumns read) {
    List<List<String>> names =
        List.of(
            read.inputs(),
            read.targets(),
            read.side().ofSteps(),
            read.side().numbers(),
            read.side().ofSequence());
    CRC32C sum = new CRC32C();
    for (List<String> group : names) {
      sum.update(String.join("\0", group).getBytes(StandardCharsets.UTF_8));
      sum.update('\n');
    }
    return sum.getValue();
  }
}
