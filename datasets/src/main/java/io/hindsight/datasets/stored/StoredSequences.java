package io.hindsight.datasets.stored;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.PackedTexts;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.datasets.windows.SharedFiles;
import io.hindsight.datasets.windows.StoredSteps;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whole sequences in files, in the order of their ids. The heap holds of each its id, place, size,
 * length and cuts, and what was read last.
 */
public final class StoredSequences extends SequenceList {
  private final EncodedFile file;
  private final PackedTexts ids; // by row
  private final int[] order; // index → row
  private final long[] places; // by row
  private final int[] sizes; // bytes, by row
  private final int[] lengths; // T, by row
  private final PartCuts[] cuts; // by row
  private final BitSet complete; // rows whose steps all have their targets
  private final SharedFiles shared; // null if nobody else sees the file
  private final RecentlyRead<Sequence> sequences;
  private final RecentlyRead<TargetSeries> series;
  private final ThreadLocal<Named> last = new ThreadLocal<>();

  /** The series that a thread asked for last. */
  private record Named(String id, TargetSeries series) {}

  /**
   * What is known of rows without reading them, by row.
   *
   * @param ids as they follow each other in the file
   * @param places where each begins
   * @param sizes bytes of each
   * @param lengths T of each
   * @param cuts where the parts of each begin
   * @param complete those whose steps all have their targets
   */
  public record Heads(
      PackedTexts ids,
      long[] places,
      int[] sizes,
      int[] lengths,
      PartCuts[] cuts,
      BitSet complete) {}

  /**
   * The sequences of rows in a file.
   *
   * @param recent bytes of what was read last that the heap may keep
   * @param shared the files, if everybody can read them; else null
   */
  public StoredSequences(EncodedFile file, Heads heads, long recent, SharedFiles shared) {
    this.shared = shared;
    this.file = file;
    this.ids = heads.ids();
    this.places = heads.places();
    this.sizes = heads.sizes();
    this.lengths = heads.lengths();
    this.cuts = heads.cuts();
    this.complete = heads.complete();
    order = order(ids);
    sequences = new RecentlyRead<>(recent);
    series = new RecentlyRead<>(recent);
  }

  private static int[] order(PackedTexts ids) {
    Integer[] order = IntStream.range(0, ids.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(order, ids::compare);
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  @Override
  public boolean isHeld() {
    return false;
  }

  @Override
  public int size() {
    return order.length;
  }

  @Override
  public String id(int index) {
    return ids.get(order[index]);
  }

  @Override
  public int length(int index) {
    return lengths[order[index]];
  }

  /** Where the parts of a sequence begin. */
  PartCuts cuts(int index) {
    return cuts[order[index]];
  }

  @Override
  public Sequence get(int index) {
    return sequences.get(index, sizes[order[index]], i -> steps(i, id(i), 0, length(i)));
  }

  @Override
  public Window window(int index, int start, int steps, boolean cut) {
    String id = cut ? Window.id(id(index), start) : id(index);
    return Window.whole(steps(index, id, start, start + steps));
  }

  @Override
  public boolean isAnyScored(int index, int from, int to) {
    return complete.get(order[index]) ? from < to : super.isAnyScored(index, from, to);
  }

  @Override
  public Optional<SharedFiles> shared() {
    return Optional.ofNullable(shared);
  }

  @Override
  public StoredSteps stored(int index, int start, int steps, boolean cut) {
    int row = order[index];
    String id = cut ? Window.id(id(index), start) : id(index);
    return new StoredSteps(places[row], ids.byteCount(row), lengths[row], start, steps, 0, id);
  }

  private Sequence steps(int index, String id, int from, int to) {
    int row = order[index];
    return file.steps(places[row], ids.byteCount(row), lengths[row], id, from, to);
  }

  /**
   * The targets of a sequence in original units; null if there is none of this id.
   *
   * @param id often the same object many times in a row
   */
  @SuppressWarnings("ReferenceEquality")
  public TargetSeries series(String id) {
    Named known = last.get();
    if (known != null && known.id == id) {
      return known.series;
    }
    int index = indexOf(id);
    if (index < 0) {
      return null;
    }
    TargetSeries found = series.get(index, sizes[order[index]], this::readSeries);
    last.set(new Named(id, found));
    return found;
  }

  /** The index of an id; negative if there is none. */
  private int indexOf(String id) {
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

  private TargetSeries readSeries(int index) {
    int row = order[index];
    return file.series(places[row], sizes[row], ids.byteCount(row), lengths[row]);
  }
}
