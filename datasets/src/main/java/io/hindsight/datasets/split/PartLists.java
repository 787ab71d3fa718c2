package io.hindsight.datasets.split;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.windows.Beginnings;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Collects the parts of sequences: of those on the heap as sequences of their own, of those that
 * are read when they are asked for as places.
 */
final class PartLists {
  private final SequenceList whole;
  private final Map<Part, List<Sequence>> held = new EnumMap<>(Part.class);
  private final Map<Part, Beginnings.Builder> read = new EnumMap<>(Part.class);

  PartLists(SequenceList whole) {
    this.whole = whole;
    for (Part part : Part.values()) {
      if (whole.isHeld()) {
        held.put(part, new ArrayList<>());
      } else {
        read.put(part, new Beginnings.Builder());
      }
    }
  }

  /** Places of sequences in the order of their ids, in which those in a file are. */
  static int[] byId(SequenceList sequences) {
    IntStream places = IntStream.range(0, sequences.size());
    return sequences.isHeld()
        ? places
            .boxed()
            .sorted(Comparator.comparing(sequences::id, IdOrder.UTF_8))
            .mapToInt(Integer::intValue)
            .toArray()
        : places.toArray();
  }

  /**
   * Adds the beginning of a sequence to a part, unless nothing of it would be scored.
   *
   * @param place of the sequence
   * @param scoredFrom the first step that is scored
   * @param end of the beginning
   */
  void add(Part part, int place, int scoredFrom, int end) {
    if (end <= scoredFrom) {
      return;
    }
    if (whole.isHeld()) {
      Sequence all = whole.get(place);
      Sequence beginning = end == all.length() ? all : all.window(all.id(), 0, end);
      held.get(part).add(scoredFrom == 0 ? beginning : beginning.scoredFrom(scoredFrom));
    } else {
      read.get(part).add(place, end, scoredFrom);
    }
  }

  /** The parts. */
  EncodedData.Parts parts() {
    return new EncodedData.Parts(list(Part.TRAINING), list(Part.VALIDATION), list(Part.TEST));
  }

  private SequenceList list(Part part) {
    return whole.isHeld() ? SequenceList.of(held.get(part)) : read.get(part).of(whole);
  }
}
