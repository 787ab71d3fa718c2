package io.hindsight.submit.registry;

import io.hindsight.datasets.Excerpt;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.registry.Pointer;
import io.hindsight.driver.registry.Version;
import io.hindsight.submit.output.GateChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Parts of the answers that people read. */
final class RegistryText {
  static final int LONGEST = 200; // UTF-16 units of a reason

  private RegistryText() {}

  /** What an entry of the log changed, in one line. */
  static String line(Pointer pointer, boolean isNew) {
    String number = "entry %d of %s".formatted(pointer.number(), pointer.at());
    return isNew
        ? "%s %s; the champion is %s (%s)"
            .formatted(
                pointer.kind().word(),
                String.join(", ", pointer.subjects()),
                pointer.version(),
                number)
        : "nothing to change; the champion is %s (%s)".formatted(pointer.version(), number);
  }

  /** A line per entry. */
  static String pointers(List<Pointer> pointers) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("entry", "at", "kind", "of", "champion", "by", "reason"));
    for (Pointer pointer : pointers) {
      rows.add(
          List.of(
              String.valueOf(pointer.number()),
              pointer.at().toString(),
              pointer.kind().word(),
              String.join(",", pointer.subjects()),
              pointer.version(),
              pointer.author().describe(),
              Excerpt.line(pointer.reason(), LONGEST)));
    }
    return table(rows);
  }

  /** A line per version, and one for each of its checks. */
  static String versions(List<Version> versions) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("version", "published", "parameters", "weights", "blessed", "because"));
    for (Version version : versions) {
      rows.add(
          List.of(
              version.id(),
              version.published().toString(),
              String.valueOf(version.parameters()),
              version.weightsSha256().substring(0, 12),
              version.blessing().blessed() ? "yes" : "no",
              Excerpt.line(String.join("; ", version.blessing().reasons()), LONGEST)));
      for (Blessing.Check check : version.blessing().checks()) {
        rows.add(
            List.of(
                "", "", "", "", check.passed() ? "passed" : "FAILED", GateChecks.figure(check)));
      }
    }
    return table(rows);
  }

  /** Columns as wide as what is in them. */
  static String table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream()
        .map(row -> padded(row, widths))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String padded(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
