package io.hindsight.driver.answer;

import io.hindsight.datasets.encoding.Scaling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names of the numbers that a network answers. No two are the same, whatever their case: where one
 * is taken, the next has a {@code _} behind it.
 */
final class OutputNames {
  private OutputNames() {}

  /** A name for each output, as {@code a_0} for what the scaling calls {@code a[0]}. */
  static List<String> of(List<String> targets, Scaling scaling) {
    List<String> owners =
        scaling.columns().stream().map(column -> owner(column.name(), targets)).toList();
    Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    owners.stream().filter(owner -> isAlone(owner, owners)).forEach(taken::add);
    List<String> names = new ArrayList<>();
    for (int o = 0; o < owners.size(); o++) {
      String owner = owners.get(o);
      int index = Collections.frequency(owners.subList(0, o), owner);
      names.add(isAlone(owner, owners) ? owner : free(owner + "_" + index, taken));
    }
    return names;
  }

  /** The target column that a scaled column is, or is an element of. */
  private static String owner(String scaled, List<String> targets) {
    return targets.contains(scaled) ? scaled : scaled.substring(0, scaled.lastIndexOf('['));
  }

  private static boolean isAlone(String owner, List<String> owners) {
    return Collections.frequency(owners, owner) == 1;
  }

  /** Each output's name and behind it the same with each ending, as {@code ppm_q10}. */
  static List<String> withEndings(List<String> outputs, List<String> endings) {
    Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    taken.addAll(outputs);
    List<String> names = new ArrayList<>();
    for (String output : outputs) {
      names.add(output);
      endings.forEach(ending -> names.add(free(output + "_" + ending, taken)));
    }
    return names;
  }

  /** The name, with {@code _} behind it where another column has it. */
  private static String free(String wished, Set<String> taken) {
    String name = wished;
    while (!taken.add(name)) {
      name += "_";
    }
    return name;
  }
}
