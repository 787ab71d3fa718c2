package io.hindsight.driver.export.torch;

import io.hindsight.driver.config.ConfigException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the modules of a network are called in a state dict of PyTorch.
 *
 * @param prefix before all names; absent if it is to be found
 * @param modules their names by ours: {@code rnn}, {@code out}, {@code embed}, or one table as
 *     {@code embed.0}
 */
public record TensorNames(Optional<String> prefix, Map<String, String> modules) {
  private static final Pattern OURS = Pattern.compile("rnn|out|embed|embed\\.\\d+");

  /**
   * Names.
   *
   * @throws ConfigException if a module is none of a network's
   */
  public TensorNames {
    modules = Map.copyOf(modules);
    for (String module : modules.keySet()) {
      if (!OURS.matcher(module).matches()) {
        throw ConfigException.of(
            "--module " + module + "=" + modules.get(module),
            "the modules of a network are rnn, out and embed, or one table as embed.0; write rnn=lstm, for example");
      }
    }
  }

  /** The name of a tensor there, without the prefix. */
  String theirs(String ours) {
    return modules.keySet().stream()
        .filter(module -> ours.startsWith(module + "."))
        .max(Comparator.comparingInt(String::length))
        .map(module -> modules.get(module) + ours.substring(module.length()))
        .orElse(ours);
  }
}
