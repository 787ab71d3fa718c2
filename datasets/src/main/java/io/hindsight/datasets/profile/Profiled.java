package io.hindsight.datasets.profile;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A profile, and how its values lie between the edges of another's.
 *
 * @param profile of the rows that were read
 * @param byReference histograms of their columns by the edges of the reference, by name; of those
 *     columns that both have
 * @param newest the newest of all different times, the latest first; as many as were asked for
 */
public record Profiled(
    DataProfile profile, SortedMap<String, Histogram> byReference, List<Instant> newest) {
  public Profiled {
    newest = List.copyOf(newest);
    byReference = Collections.unmodifiableSortedMap(new TreeMap<>(byReference));
  }
}
