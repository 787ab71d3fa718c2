package io.hindsight.driver.predict;

import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.files.HadoopFiles;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.TableOutput.Mode;
import io.hindsight.driver.config.ConfigException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Keeps an output from taking the place of what it is made of, or from being mixed with it. */
final class OutputPlace {
  private OutputPlace() {}

  /**
   * Refuses an output that holds the model or the data, unless it must not exist anyway.
   *
   * @param model where it was loaded from
   * @throws ConfigException naming what it holds
   */
  static void requireApart(String model, DataSpec.Table data, TableOutput output) {
    if (output.mode() == Mode.ERROR || output.location().isEmpty()) {
      return;
    }
    String place = output.location().get();
    boolean toTable = output.format().equals(TableOutput.TABLE);
    boolean fromTable = data.format().equals(TableOutput.TABLE);
    Optional<String> source = toTable == fromTable ? data.path() : Optional.empty();
    if (source.filter(from -> toTable ? from.equals(place) : isWithin(from, place)).isPresent()) {
      throw holds(place, "the data");
    }
    if (!toTable && isWithin(model, place)) {
      throw holds(place, "the model");
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
