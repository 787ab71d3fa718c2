package io.hindsight.datasets.profile;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A profile, and how its values lie between the edges of another's.
 *
 * @param profile of the rows that were read
 * @param byReference histograms of their columns by the edges of the reference, by name; of those
 *     columns that both have
 */
public record Profiled(DataProfile profile, SortedMap<String, Histogram> byReference) {
  public Profiled {
    byReference = Collections.unmodifiableSortedMap(new TreeMap<>(byReference));
  }
}
