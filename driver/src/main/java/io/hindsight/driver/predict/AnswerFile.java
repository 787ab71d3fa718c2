package io.hindsight.driver.predict;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.AnswerColumns;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.answer.KeptColumn;
import io.hindsight.driver.answer.KeptColumn.Kind;
import io.hindsight.driver.config.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a single file: {@code sequence}, {@code time}, the kept columns other than these, the
 * answer in columns named as the target columns, {@code target_time} where one is known, and {@code
 * reason}.
 */
final class AnswerFile {
  private static final String SEQUENCE = "sequence";
  private static final String TIME = "time";
  private static final String TARGET_TIME = "target_time";
  private static final String REASON = "reason";

  private final Encoding.Table encoding;
  private final List<KeptColumn> kept;
  private final List<String> names; // of the values
  private final String reason; // column
  private final boolean horizons; // whether there is a column of them

  /**
   * A file.
   *
   * @param asked columns of the data to keep; the id and the time stand in it anyway
   * @throws ConfigException if one, or a target, has the name of another column of the file
   */
  AnswerFile(AnsweringModel model, List<KeptColumn> asked) {
    encoding = model.encoding();
    kept = asked.stream().filter(AnswerFile::isMore).toList();
    AnswerColumns columns = AnswerColumns.of(encoding, model.network().output(), model.choice());
    names = names(columns);
    horizons = columns.horizons();
    reason = freeReason();
    requireTargets(columns);
    requireKept();
  }

  /** An answer may have the name. */
  private String freeReason() {
    String free = REASON;
    while (names.stream().anyMatch(free::equalsIgnoreCase)) {
      free += "_";
    }
    return free;
  }

  private static void requireTargets(AnswerColumns columns) {
    List<String> ours = new ArrayList<>(List.of(SEQUENCE, TIME));
    if (columns.probability()) {
      ours.add(AnswerColumns.PROBABILITY);
    }
    if (columns.targetTimes()) {
      ours.add(TARGET_TIME);
    }
    if (columns.horizons()) {
      ours.add(AnswerColumns.HORIZON);
    }
    for (String target : columns.names()) {
      if (ours.stream().anyMatch(target::equalsIgnoreCase)) {
        throw ConfigException.of(
            "--output",
            "a single file names answers as their targets, but '%s' has the name of another column among %s; give --format, where answers are named prediction"
                .formatted(target, String.join(", ", ours)));
      }
    }
  }

  private static boolean isMore(KeptColumn column) {
    return column.kind() != Kind.ID && column.kind() != Kind.TIME;
  }

  private void requireKept() {
    List<String> ours = new ArrayList<>(List.of(SEQUENCE, TIME));
    ours.addAll(names);
    ours.addAll(List.of(TARGET_TIME, reason));
    if (horizons) {
      ours.add(AnswerColumns.HORIZON);
    }
    for (KeptColumn column : kept) {
      if (ours.stream().anyMatch(column.name()::equalsIgnoreCase)) {
        throw ConfigException.of(
            "--keep " + column.name(),
            "a single file has a column of this name among %s; leave it out, or give --format, where answers are named prediction"
                .formatted(String.join(", ", ours)));
      }
    }
  }

  private static List<String> names(AnswerColumns columns) {
    return columns.probability()
        ? List.of(columns.targets().get(0), AnswerColumns.PROBABILITY)
        : columns.names();
  }

  /**
   * An answer by column, in the order of the columns.
   *
   * @param others what is kept beside id and time, as one text; null if nothing is
   * @param targetTimes whether the time that is answered for is known of any sequence
   */
  Map<String, Object> row(Answer answer, String others, boolean targetTimes) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put(SEQUENCE, answer.id());
    row.put(TIME, time(answer));
    JsonNode cells = KeptText.read(others);
    for (KeptColumn column : kept) {
      row.put(
          column.name(),
          column.isOther() ? KeptText.cell(cells, column.part()) : column.of(answer));
    }
    if (horizons) {
      row.put(AnswerColumns.HORIZON, answer.horizon());
    }
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
