package io.hindsight.driver.predict;

import java.util.List;
import java.util.Map;

/** A table of some rows as a file, CSV or JSON lines, that appears whole or not at all. */
public final class RowsFile {
  private RowsFile() {}

  /**
   * Refuses a file that cannot be written, before any work is done for it.
   *
   * @param option of the command that names it
   * @param file a path or URI that ends in {@code .csv} or {@code .jsonl}
   * @throws io.hindsight.driver.config.ConfigException if it has another ending
   * @throws io.hindsight.datasets.DataException if it exists
   */
  public static void requireNew(String option, String file) {
    PredictionWriter.requireNew(option, file);
  }

  /**
   * Writes the file.
   *
   * @param rows with the same columns, in the same order; null is an empty cell
   */
  public static void write(String option, List<Map<String, Object>> rows, String file) {
    try (PredictionWriter writer = PredictionWriter.open(option, file)) {
      rows.forEach(writer::write);
      writer.finish();
    }
  }
}
