package io.hindsight.datasets.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An id that a table keeps in several columns: {@code store/item}. */
public final class IdParts {
  private IdParts() {}

  /** The parts with a slash between them; one within a part is written with a backslash. */
  static String join(List<String> parts) {
    return parts.stream()
        .map(part -> part.strip().replace("\\", "\\\\").replace("/", "\\/"))
        .collect(Collectors.joining("/"));
  }

  /** The parts of a joined id, as they were without spaces around them. */
  public static List<String> split(String id) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c == '/') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c == '\\' && i + 1 < id.length() ? id.charAt(++i) : c);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
