package io.hindsight.datasets.encoding;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.Omissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Characters or class labels that training did not see: how often each occurs, and where first.
 *
 * @param <K> a character or a label
 */
public final class Unknowns<K> {
  private final Function<K, String> shown;
  private final Map<K, Tally> tallies = new LinkedHashMap<>(); // in the order of their first places
  private long occurrences;

  /** None yet. */
  public Unknowns(Function<K, String> shown) {
    this.shown = shown;
  }

  /**
   * Counts one.
   *
   * @param part the part of the data that it is in; empty where there are none
   * @param place where it stands; asked for only if it is listed
   */
  public void add(K what, String part, Supplier<String> place) {
    add(what, Set.of(part), 1, place);
  }

  /**
   * Counts one that occurs several times.
   *
   * @param parts the parts of the data that it is in
   * @param place where it stands first
   */
  public void add(K what, Set<String> parts, long count, Supplier<String> place) {
    Tally tally = tallies.computeIfAbsent(what, key -> new Tally(place));
    tally.parts.addAll(parts);
    tally.count += count;
    occurrences += count;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return tallies.isEmpty();
  }

  /** How many different ones there are. */
  public int distinct() {
    return tallies.size();
  }

  /** How often one occurs, all together. */
  public long occurrences() {
    return occurrences;
  }

  /** The first ten, each with its number and its first place, and how many more there are. */
  public String list() {
    String first =
        tallies.entrySet().stream()
            .limit(Omissions.LISTED)
            .map(entry -> shown.apply(entry.getKey()) + entry.getValue())
            .collect(Collectors.joining("; "));
    int more = tallies.size() - Omissions.LISTED;
    return more > 0 ? "%s; and %d more".formatted(first, more) : first;
  }

  /** {@code once}, {@code 4,381 times}. */
  public static String times(long number) {
    return number == 1 ? "once" : Count.of(number, "time");
  }

  private static final class Tally {
    private final Supplier<String> first;
    private final Set<String> parts = new TreeSet<>();
    private long count;

    Tally(Supplier<String> first) {
      this.first = first;
    }

    @Override
    public String toString() {
      String where = parts.contains("") ? "" : ", wholly in " + String.join(" and ", parts);
      String at = count == 1 ? "at" : "first at";
      return " %s%s, %s %s".formatted(times(count), where, at, first.get());
    }
  }
}
