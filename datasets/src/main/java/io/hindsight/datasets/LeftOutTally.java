package io.hindsight.datasets;

import io.hindsight.datasets.LeftOut.Reason;
import io.hindsight.datasets.sums.Mergeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The sequences that take no part: how many for each reason, and the first of them by their ids.
 */
public final class LeftOutTally implements Mergeable<LeftOutTally> {
  private static final long serialVersionUID = 1L;
  private static final Comparator<LeftOut> BY_ID = Comparator.comparing(LeftOut::id, IdOrder.UTF_8);

  private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);
  private final Map<Reason, ArrayList<LeftOut>> first = new EnumMap<>(Reason.class);
  private int longest; // steps, of those that are too short

  /** Of some sequences. */
  public static LeftOutTally of(List<LeftOut> some) {
    LeftOutTally tally = new LeftOutTally();
    some.forEach(tally::add);
    return tally;
  }

  /**
   * What was counted before.
   *
   * @param counts as {@link #counts} has them
   * @param first as {@link #firstOfEach} has them
   */
  public static LeftOutTally of(Map<Reason, Long> counts, List<LeftOut> first, int longest) {
    LeftOutTally tally = new LeftOutTally();
    tally.counts.putAll(counts);
    first.forEach(tally::insert);
    tally.longest = longest;
    return tally;
  }

  /** Counts a sequence. */
  public void add(LeftOut one) {
    counts.merge(one.reason(), 1L, Long::sum);
    if (one.reason() == Reason.TOO_SHORT) {
      longest = Math.max(longest, one.steps());
    }
    insert(one);
  }

  private void insert(LeftOut one) {
    ArrayList<LeftOut> listed = first.computeIfAbsent(one.reason(), none -> new ArrayList<>());
    int place = Collections.binarySearch(listed, one, BY_ID);
    listed.add(place < 0 ? -place - 1 : place, one);
    if (listed.size() > Omissions.LISTED) {
      listed.remove(Omissions.LISTED);
    }
  }

  @Override
  public void merge(LeftOutTally other) {
    other.counts.forEach((reason, count) -> counts.merge(reason, count, Long::sum));
    other.first.values().forEach(listed -> listed.forEach(this::insert));
    longest = Math.max(longest, other.longest);
  }

  /** How many. */
  public long size() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** How many for each reason of which there are any. */
  public Map<Reason, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** How many for a reason. */
  public long count(Reason reason) {
    return counts.getOrDefault(reason, 0L);
  }

  /** The first of a reason, at most {@link Omissions#LISTED}. */
  public List<LeftOut> first(Reason reason) {
    return List.copyOf(first.getOrDefault(reason, new ArrayList<>()));
  }

  /** The first of all reasons, at most {@link Omissions#LISTED}. */
  public List<LeftOut> first() {
    return firstOfEach().stream().sorted(BY_ID).limit(Omissions.LISTED).toList();
  }

  /** The first of each reason, reason by reason. */
  public List<LeftOut> firstOfEach() {
    return first.values().stream().flatMap(List::stream).toList();
  }

  /** Steps of the longest that is too short. */
  public int longest() {
    return longest;
  }
}
