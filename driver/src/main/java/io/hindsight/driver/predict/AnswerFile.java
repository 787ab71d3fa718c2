package io.hindsight.driver.predict;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.AnswerColumns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a single file: {@code sequence}, {@code time}, the answer in columns named as the
 * target columns, {@code target_time} where one is known, and {@code reason}.
 */
final class AnswerFile {
  private static final String TARGET_TIME = "target_time";
  private static final String REASON = "reason";

  private final Encoding.Table encoding;
  private final List<String> names; // of the values
  private final boolean targetTimes;
  private final String reason; // column

  /**
   * A file.
   *
   * @param targetTimes whether the time that is answered for is known of any sequence
   */
  AnswerFile(Encoding.Table encoding, boolean targetTimes) {
    this.encoding = encoding;
    this.targetTimes = targetTimes;
    names = names(AnswerColumns.of(encoding));
    reason = names.contains(REASON) ? REASON + "_" : REASON; // an answer may have the name
  }

  private static List<String> names(AnswerColumns columns) {
    return columns.probability()
        ? List.of(columns.targets().get(0), AnswerColumns.PROBABILITY)
        : columns.targets();
  }

  /** An answer by column, in the order of the columns. */
  Map<String, Object> row(Answer answer) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("sequence", answer.id());
    row.put("time", time(answer));
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), answer.values().get(i));
    }
    if (targetTimes) {
      row.put(TARGET_TIME, answer.targetTime() == null ? "" : answer.targetTime());
    }
    row.put(reason, answer.reason());
    return row;
  }

  /** Without times, the number of the step that is read. */
  private String time(Answer answer) {
    if (answer.time() != null || answer.step() == null) {
      return answer.time() == null ? "" : answer.time();
    }
    return Integer.toString(answer.step() - encoding.offset());
  }
}
