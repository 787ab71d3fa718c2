package io.hindsight.driver.gate;

import io.hindsight.datasets.profile.CategoryProfile;
import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.driver.config.GateConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Judges the columns of categories of a window, one by one, beside the champion's data. Their
 * distributions are compared as those of numbers are, a category being a bin.
 */
final class CategoryGate {
  private final DataProfile now;
  private final DataProfile champion;
  private final Movement movement;
  private final Chance chance;
  private final GateConfig.Data limits;
  private final Findings findings;

  CategoryGate(DataProfile now, DataProfile champion, GateConfig.Data limits, Findings findings) {
    this.now = now;
    this.champion = champion;
    movement = new Movement(now, Optional.of(champion));
    chance = new Chance(now, champion);
    this.limits = limits;
    this.findings = findings;
  }

  void check() {
    for (CategoryProfile column : now.categories()) {
      champion.categoryColumn(column.name()).ifPresent(known -> check(column, known));
    }
  }

  private void check(CategoryProfile column, CategoryProfile known) {
    findings.atMost(
        "data.null-rate:" + column.name(),
        column.missingShare(),
        known.missingShare() + limits.nullRate(),
        "column '%s' lacks more categories than in the champion's data; share of its cells"
            .formatted(column.name()));
    if (column.counted() && known.counted()) {
      findings.below(
          "data.constant:" + column.name(),
          column.constant() && !known.constant() ? 1 : 0,
          1,
          "column '%s' never changes, and did in the champion's data".formatted(column.name()));
      checkDrift(column, known);
    }
  }

  private void checkDrift(CategoryProfile column, CategoryProfile known) {
    TreeSet<String> all = new TreeSet<>();
    List.of(column.earlier(), column.later(), known.earlier(), known.later())
        .forEach(some -> all.addAll(some.keySet()));
    List<String> categories = List.copyOf(all);
    long[] was = categories.stream().mapToLong(known::count).toArray();
    long[] is = categories.stream().mapToLong(column::count).toArray();
    double moved =
        movement.of(counts(categories, known.earlier()), counts(categories, known.later()));
    boolean ofSequences = column.ofSequences() && known.ofSequences();
    String most =
        categories.stream()
            .max(Comparator.comparingDouble(category -> change(column, known, category)))
            .orElseThrow();
    findings.atMost(
        "data.drift:" + column.name(),
        Divergence.jensenShannon(was, is),
        Math.max(Math.max(limits.drift(), moved), chance.divergence(ofSequences, was, is)),
        "the categories of column '%s' have drifted from the champion's data, most '%s' from a share of %s to %s; divergence in bits"
            .formatted(
                column.name(),
                most,
                Findings.number(share(known, most)),
                Findings.number(share(column, most))));
  }

  private static long[] counts(List<String> categories, Map<String, Long> half) {
    return categories.stream().mapToLong(category -> half.getOrDefault(category, 0L)).toArray();
  }

  private static double change(CategoryProfile column, CategoryProfile known, String category) {
    return Math.abs(share(column, category) - share(known, category));
  }

  private static double share(CategoryProfile column, String category) {
    return (double) column.count(category) / column.count();
  }
}
