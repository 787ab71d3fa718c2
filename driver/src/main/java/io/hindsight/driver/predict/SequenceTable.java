package io.hindsight.driver.predict;

import io.hindsight.driver.score.SequenceRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what a model reaches on each sequence as a table. */
final class SequenceTable {
  private static final String OPTION = "--by-sequence";

  private SequenceTable() {}

  /** Refuses a file that cannot be written, as {@link PredictionWriter#requireNew}. */
  static void requireNew(String file) {
    PredictionWriter.requireNew(OPTION, file);
  }

  /**
   * Writes one row per sequence.
   *
   * @param ofValues whether errors are told, and the simple forecast that is best; else how often
   *     answers are right
   */
  static void write(List<SequenceRow> rows, boolean ofValues, String file) {
    try (PredictionWriter writer = PredictionWriter.open(OPTION, file)) {
      rows.forEach(row -> writer.write(cells(row, ofValues)));
      writer.finish();
    }
  }

  private static Map<String, Object> cells(SequenceRow row, boolean ofValues) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("sequence", row.id());
    cells.put("targets", row.targets());
    if (ofValues) {
      cells.put("rmse", number(row.rmse()));
      cells.put("mae", number(row.mae()));
      cells.put("mase", number(row.mase()));
      cells.put("best_baseline", row.best().isEmpty() ? null : row.best());
      cells.put("best_baseline_rmse", number(row.bestRmse()));
    } else {
      cells.put("accuracy", number(row.accuracy()));
    }
    return cells;
  }

  private static Double number(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }
}
