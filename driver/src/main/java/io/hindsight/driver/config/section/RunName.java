package io.hindsight.driver.config.section;

import io.hindsight.driver.config.yaml.Section;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a run, which is also a part of its directory's name. */
final class RunName {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

  private RunName() {}

  /** The {@code name} key, or the fallback. */
  static String read(Section root, String fallback) {
    Optional<String> name = root.text("name");
    if (name.isPresent() && !ALLOWED.matcher(name.get()).matches()) {
      root.problem(
          "name",
          "'" + name.get() + "' cannot name a directory",
          "use at most 100 letters from a to z, digits, dots, underscores and hyphens, not a dot first");
    }
    return name.orElse(fallback);
  }

  /**
   * The name of a file without folders and extension, and without characters a name cannot have.
   */
  static String of(String file) {
    String last = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    int dot = last.lastIndexOf('.');
    String stem = (dot > 0 ? last.substring(0, dot) : last).replaceAll("[^A-Za-z0-9._-]", "-");
    String name = stem.substring(0, Math.min(100, stem.length()));
    return ALLOWED.matcher(name).matches() ? name : "run";
  }
}
