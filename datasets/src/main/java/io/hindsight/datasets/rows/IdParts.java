package io.hindsight.datasets.rows;

import java.util.List;
import java.util.stream.Collectors;

/** An id that a table keeps in several columns: {@code store/item}. */
final class IdParts {
  private IdParts() {}

  /** The parts with a slash between them; one within a part is written with a backslash. */
  static String join(List<String> parts) {
    return parts.stream()
        .map(part -> part.strip().replace("\\", "\\\\").replace("/", "\\/"))
        .collect(Collectors.joining("/"));
  }
}
