package io.hindsight.datasets.columns;

import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is done about missing values of some columns.
 *
 * @param others of all columns that are not named
 * @param named by column, in the order of their names
 */
public record MissingRules(MissingRule others, TreeMap<String, MissingRule> named)
    implements Serializable {
  /** No value may be missing. */
  public static final MissingRules NONE = of(MissingRule.ERROR);

  public MissingRules {
    named = new TreeMap<>(named);
  }

  /** The same for all columns. */
  public static MissingRules of(MissingRule rule) {
    return new MissingRules(rule, new TreeMap<>());
  }

  /** Those of some columns; values of others must not be missing. */
  public static MissingRules of(Map<String, MissingRule> named) {
    return new MissingRules(MissingRule.ERROR, new TreeMap<>(named));
  }

  /** What is done in a column. */
  public MissingRule rule(String column) {
    return named.getOrDefault(column, others);
  }

  /** Whether a column may lack values. */
  public boolean mayLack(String column) {
    return rule(column) != MissingRule.ERROR;
  }

  /** Whether all of some columns may lack values; not if there are none. */
  public boolean mayAllLack(Collection<String> columns) {
    return !columns.isEmpty() && columns.stream().allMatch(this::mayLack);
  }

  /** Whether none of some columns may lack values. */
  public boolean forbid(Collection<String> columns) {
    return columns.stream().noneMatch(this::mayLack);
  }

  /** The same rule of each of some columns, which are named. */
  public MissingRules only(Collection<String> columns) {
    TreeMap<String, MissingRule> rules = new TreeMap<>();
    columns.stream().filter(this::mayLack).forEach(column -> rules.put(column, rule(column)));
    return new MissingRules(MissingRule.ERROR, rules);
  }
}
