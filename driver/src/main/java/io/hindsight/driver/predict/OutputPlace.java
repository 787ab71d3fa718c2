package io.hindsight.driver.predict;

import io.hindsight.datasets.files.HadoopFiles;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.TableOutput.Mode;
import io.hindsight.driver.config.ConfigException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Keeps an output from taking the place of what it is made of, or from being mixed with it. */
final class OutputPlace {
  private static final String JDBC = "jdbc";
  private static final String DB_TABLE = "dbtable";
  private static final String URL = "url";

  private OutputPlace() {}

  /**
   * Refuses an output that holds the model or the data, unless it must not exist anyway.
   *
   * @param model where it was loaded from
   * @throws ConfigException naming what it holds
   */
  static void requireApart(String model, TableSpec data, TableOutput output) {
    if (output.mode() == Mode.ERROR) {
      return;
    }
    if (output.location().isEmpty()) {
      requireOtherTableOfDatabase(data, output);
      return;
    }
    String place = output.location().get();
    boolean toTable = output.format().equals(TableOutput.TABLE);
    boolean fromTable = data.location().format().equals(TableOutput.TABLE);
    Optional<String> source = toTable == fromTable ? data.location().path() : Optional.empty();
    if (source.filter(from -> toTable ? isSame(from, place) : meets(from, place)).isPresent()) {
      throw holds(place, "the data");
    }
    if (!toTable && isWithin(model, place)) {
      throw holds(place, "the model");
    }
  }

  private static void requireOtherTableOfDatabase(TableSpec data, TableOutput output) {
    boolean both =
        data.location().format().equalsIgnoreCase(JDBC) && output.format().equalsIgnoreCase(JDBC);
    Optional<String> table = output.option(DB_TABLE);
    if (both
        && table.isPresent()
        && table.get().equalsIgnoreCase(option(data, DB_TABLE))
        && output.option(URL).filter(option(data, URL)::equals).isPresent()) {
      throw ConfigException.of(
          "--option %s=%s".formatted(DB_TABLE, table.get()),
          "the output would take in the data; name another table");
    }
  }

  private static String option(TableSpec data, String name) {
    return data.location().options().entrySet().stream()
        .filter(option -> option.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /** Whether two names are one table's, as far as its name tells. */
  private static boolean isSame(String from, String place) {
    return plain(from).equals(plain(place));
  }

  private static String plain(String table) {
    String name = table.replace("`", "").toLowerCase(Locale.ROOT);
    return name.replaceFirst("^(spark_catalog\\.)?default\\.", "");
  }

  /** Whether files of a path, which may be a pattern, lie in a place, or hold it. */
  private static boolean meets(String from, String place) {
    return isWithin(from, place)
        || matches(from).stream().anyMatch(file -> isWithin(file, place) || isWithin(place, file));
  }

  private static List<String> matches(String pattern) {
    try {
      Path path = new Path(pattern);
      FileStatus[] found = HadoopFiles.of(path, HadoopSettings.configuration()).globStatus(path);
      return found == null
          ? List.of()
          : Arrays.stream(found).map(file -> file.getPath().toString()).toList();
    } catch (IllegalArgumentException | IOException noPath) {
      return List.of(); // whoever reads it says what is wrong with it
    }
  }

  private static boolean isWithin(String inner, String outer) {
    try {
      String within = qualified(inner);
      String of = qualified(outer);
      return within.equals(of) || within.startsWith(of.endsWith("/") ? of : of + "/");
    } catch (IllegalArgumentException | IOException noPath) {
      return false; // whoever reads or writes it says what is wrong with it
    }
  }

  private static String qualified(String location) throws IOException {
    Path path = new Path(location);
    return HadoopFiles.of(path, HadoopSettings.configuration()).makeQualified(path).toString();
  }

  private static ConfigException holds(String place, String what) {
    return ConfigException.of(
        "--output " + place, "the output would take in %s; name another place".formatted(what));
  }
}
