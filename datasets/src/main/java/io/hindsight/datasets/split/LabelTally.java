package io.hindsight.datasets.split;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.kernels.batch.Sequence;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeSet;

/**
 * The labels of some sequences: how many, and those that are no class, each with its first place.
 */
public final class LabelTally implements Mergeable<LabelTally> {
  private static final long serialVersionUID = 1L;

  private final Map<String, Unknown> unknown = new HashMap<>();
  private long labels;

  /**
   * Where a label stands.
   *
   * @param id its sequence
   * @param name the sequence and what tells it in there, for people
   */
  record Place(Part part, String id, int step, String name) implements Serializable {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::part)
            .thenComparing(Place::id, IdOrder.UTF_8)
            .thenComparing(Place::step);

    boolean isBefore(Place other) {
      return ORDER.compare(this, other) < 0;
    }
  }

  /** A label that is no class. */
  static final class Unknown implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeSet<Part> parts = new TreeSet<>();
    private Place first; // null before the first
    private long count;

    private void add(Place place) {
      if (first == null || place.isBefore(first)) {
        first = place;
      }
    }

    /** The parts that it is in. */
    TreeSet<Part> parts() {
      return parts;
    }

    /** Where it stands first. */
    Place first() {
      return first;
    }

    /** How often it occurs. */
    long count() {
      return count;
    }
  }

  /**
   * Counts the labels of a sequence in a part.
   *
   * @param encoder of the sequence
   */
  public void add(
      Part part,
      Sequence sequence,
      RawSequence raw,
      Encoding.Table encoding,
      TableEncoder encoder) {
    int end = encoding.labelled() ? sequence.firstTarget() + 1 : sequence.length();
    for (int t = sequence.firstTarget(); t < end; t++) {
      // A step without a class has an unknown label, unless its target has none.
      boolean known = sequence.classes()[t] != Sequence.NO_CLASS;
      int row = known ? -1 : encoder.labelAhead(raw, t);
      labels += known || row >= 0 ? 1 : 0;
      if (row >= 0) {
        String column = encoding.targets().get(0);
        String name =
            encoding.labelled()
                ? "%s, column %s".formatted(raw.name(), column)
                : raw.name(row, column);
        add(raw.labels().get(row), new Place(part, raw.id(), t, name));
      }
    }
  }

  private void add(String label, Place place) {
    Unknown found = unknown.computeIfAbsent(label, none -> new Unknown());
    found.parts.add(place.part());
    found.count++;
    found.add(place);
  }

  @Override
  public void merge(LabelTally other) {
    labels += other.labels;
    other.unknown.forEach(
        (label, theirs) -> {
          Unknown ours = unknown.computeIfAbsent(label, none -> new Unknown());
          ours.parts.addAll(theirs.parts);
          ours.count += theirs.count;
          ours.add(theirs.first);
        });
  }

  /** How many labels were counted, known and unknown. */
  long labels() {
    return labels;
  }

  /** The labels that are no class, in the order of their first places. */
  List<Entry<String, Unknown>> unknown() {
    return unknown.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getValue().first(), Place.ORDER))
        .toList();
  }
}
