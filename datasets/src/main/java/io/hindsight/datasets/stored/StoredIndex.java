package io.hindsight.datasets.stored;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.PackedTexts;
import io.hindsight.datasets.encoded.PartCuts;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** What is known of rows in a file without reading them, in the order of their ids. */
public final class StoredIndex {
  private final PackedTexts ids; // by row
  private final long[] places; // by row
  private final int[] sizes; // bytes, by row
  private final int[] lengths; // T, by row
  private final PartCuts[] cuts; // by row
  private final BitSet complete; // rows whose steps all have their targets
  private final int[] order; // index → row

  /**
   * Of rows, by row.
   *
   * @param ids as they follow each other in the file
   * @param places where each begins
   * @param sizes bytes of each
   * @param lengths T of each
   * @param cuts where the parts of each begin
   * @param complete those whose steps all have their targets
   */
  public StoredIndex(
      PackedTexts ids,
      long[] places,
      int[] sizes,
      int[] lengths,
      PartCuts[] cuts,
      BitSet complete) {
    this.ids = ids;
    this.places = places;
    this.sizes = sizes;
    this.lengths = lengths;
    this.cuts = cuts;
    this.complete = complete;
    order = order(ids);
  }

  private static int[] order(PackedTexts ids) {
    Integer[] order = IntStream.range(0, ids.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(order, ids::compare);
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  /** How many rows there are. */
  int size() {
    return order.length;
  }

  String id(int index) {
    return ids.get(order[index]);
  }

  /** Bytes of the id. */
  int idBytes(int index) {
    return ids.byteCount(order[index]);
  }

  /** Where the row begins. */
  long place(int index) {
    return places[order[index]];
  }

  /** Bytes of the row. */
  int bytes(int index) {
    return sizes[order[index]];
  }

  /** T. */
  int length(int index) {
    return lengths[order[index]];
  }

  /** Where its parts begin. */
  PartCuts cuts(int index) {
    return cuts[order[index]];
  }

  /** Whether all of its steps have their targets. */
  boolean isComplete(int index) {
    return complete.get(order[index]);
  }

  /** The index of an id; negative if there is none. */
  int indexOf(String id) {
    int low = 0;
    int high = order.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int compared = IdOrder.UTF_8.compare(id(middle), id);
      if (compared == 0) {
        return middle;
      }
      low = compared < 0 ? middle + 1 : low;
      high = compared < 0 ? high : middle - 1;
    }
    return -1;
  }
}
