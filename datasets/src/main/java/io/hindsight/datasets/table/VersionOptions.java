package io.hindsight.datasets.table;

import io.hindsight.datasets.spec.TableSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the configuration of a table of Delta or Iceberg says of its version, in the options that
 * those formats have.
 */
final class VersionOptions {
  private static final String DELTA = "delta";
  private static final String ICEBERG = "iceberg";
  private static final String MAIN = "main"; // Iceberg's usual branch
  private static final Set<String> REFERENCES = Set.of("branch", "tag"); // which move
  private static final Set<String> NAMED =
      Set.of("versionasof", "timestampasof", "snapshot-id", "as-of-timestamp", "end-snapshot-id");
  private static final String NAMED_BY_PATH = ".*@(v[0-9]+|[0-9]{17})"; // Delta's

  private final TableSpec spec;
  private final String format;
  private final String path;

  /**
   * Of a table.
   *
   * @param format one that {@link #areOf}
   */
  VersionOptions(TableSpec spec, String format) {
    this.spec = spec;
    this.format = format;
    path = spec.location().path().orElse("");
  }

  /** Whether a format has them. */
  static boolean areOf(String format) {
    return format.equals(DELTA) || format.equals(ICEBERG);
  }

  /** Whether a table may have them, as far as its configuration tells. */
  static boolean mayBeOf(TableSpec spec) {
    return isInCatalog(spec) || areOf(spec.location().format().toLowerCase(Locale.ROOT));
  }

  /** Those of these options that name a version. */
  static List<String> naming(Map<String, String> options) {
    return options.keySet().stream()
        .filter(key -> NAMED.contains(key.toLowerCase(Locale.ROOT)))
        .sorted()
        .toList();
  }

  /** Whether a table is read by its name, to which Spark gives no options. */
  static boolean isInCatalog(TableSpec spec) {
    return spec.location().format().equals(TableReader.TABLE);
  }

  /** Whether the table is Delta's; else it is Iceberg's. */
  boolean areDelta() {
    return format.equals(DELTA);
  }

  /** The version that the configuration names, in its words. */
  Optional<String> named() {
    if (isInCatalog(spec)) {
      return option(Set.of(versionOption().toLowerCase(Locale.ROOT)));
    }
    if (areDelta() && path.matches(NAMED_BY_PATH)) {
      return Optional.of(path.substring(path.lastIndexOf('@') + 1));
    }
    return option(NAMED);
  }

  /** The branch or tag of Iceberg that the newest version is that of. */
  String reference() {
    return option(REFERENCES).orElse(MAIN);
  }

  private Optional<String> option(Set<String> names) {
    return spec.location().options().entrySet().stream()
        .filter(option -> names.contains(option.getKey().toLowerCase(Locale.ROOT)))
        .map(Map.Entry::getValue)
        .sorted()
        .findFirst();
  }

  /** The table as if its configuration named a version. */
  TableSpec at(String version) {
    Map<String, String> options = withoutReferences();
    options.put(versionOption(), version);
    return spec.withOptions(options);
  }

  private String versionOption() {
    return areDelta() ? "versionAsOf" : "snapshot-id";
  }

  /** All options of the table but branch and tag. */
  Map<String, String> withoutReferences() {
    Map<String, String> options = new HashMap<>(spec.location().options());
    options.keySet().removeIf(key -> REFERENCES.contains(key.toLowerCase(Locale.ROOT)));
    return options;
  }
}
