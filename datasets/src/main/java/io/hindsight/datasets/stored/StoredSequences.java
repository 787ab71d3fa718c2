package io.hindsight.datasets.stored;

import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.datasets.windows.SharedFiles;
import io.hindsight.datasets.windows.StoredSteps;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.Optional;

/**
 * Whole sequences in files, in the order of their ids. The heap holds of each its id, place, size,
 * length and cuts, and what was read last.
 */
public final class StoredSequences extends SequenceList {
  private static final int PIECE = 1 << 14; // steps of a long sequence that are read together
  private static final int MANY = 1 << 16; // steps, of which a few are read alone

  private final EncodedFile file;
  private final StoredIndex rows;
  private final SharedFiles shared; // null if nobody else sees the file
  private final RecentlyRead<Sequence> sequences;
  private final RecentlyRead<TargetSeries> series;

  /** The series that a thread asked for last. */
  private final ThreadLocal<Named> last = new ThreadLocal<>();

  private final ThreadLocal<Piece> piece = new ThreadLocal<>();

  private record Named(String id, TargetSeries series) {}

  /**
   * The sequences of rows in a file.
   *
   * @param recent bytes of what was read last that the heap may keep
   * @param shared the files, if everybody can read them; else null
   */
  public StoredSequences(EncodedFile file, StoredIndex rows, long recent, SharedFiles shared) {
    this.shared = shared;
    this.file = file;
    this.rows = rows;
    sequences = new RecentlyRead<>(recent);
    series = new RecentlyRead<>(recent);
  }

  @Override
  public boolean isHeld() {
    return false;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public String id(int index) {
    return rows.id(index);
  }

  @Override
  public int length(int index) {
    return rows.length(index);
  }

  /** Parts of them are scored from other steps on. */
  @Override
  public int scoredFrom(int index) {
    return 0;
  }

  /** Where the parts of a sequence begin. */
  PartCuts cuts(int index) {
    return rows.cuts(index);
  }

  @Override
  public Sequence get(int index) {
    return sequences.get(index, rows.bytes(index), i -> steps(i, id(i), 0, length(i)));
  }

  @Override
  public Window window(int index, int start, int steps, boolean cut) {
    String id = cut ? Window.id(id(index), start) : id(index);
    return Window.whole(steps(index, id, start, start + steps));
  }

  @Override
  public Window near(int index, int start, int steps) {
    if (length(index) <= MANY) {
      return new Window(get(index), start, steps, 0, false);
    }
    Piece piece = this.piece.get();
    if (piece == null || !piece.has(index, start, steps)) {
      int from = start - start % PIECE;
      int to = (int) Math.min(length(index), Math.max(start + (long) steps, from + 2L * PIECE));
      piece = new Piece(index, steps(index, id(index), from, to));
      this.piece.set(piece);
    }
    return new Window(piece.steps, start - piece.steps.origin(), steps, 0, false);
  }

  /** Steps of a long sequence that were read together. */
  private record Piece(int index, Sequence steps) {
    boolean has(int other, int start, int count) {
      int from = steps.origin();
      return other == index && start >= from && start + count <= from + steps.length();
    }
  }

  @Override
  public boolean isAnyScored(int index, int from, int to) {
    if (rows.isComplete(index)) {
      return from < to;
    }
    return length(index) <= MANY
        ? super.isAnyScored(index, from, to)
        : from < to && window(index, from, to - from, false).isAnyScored();
  }

  @Override
  public Optional<SharedFiles> shared() {
    return Optional.ofNullable(shared);
  }

  @Override
  public StoredSteps stored(int index, int start, int steps, boolean cut) {
    String id = cut ? Window.id(id(index), start) : id(index);
    return new StoredSteps(
        rows.place(index), rows.idBytes(index), length(index), start, steps, 0, id);
  }

  private Sequence steps(int index, String id, int from, int to) {
    return file.steps(rows.place(index), rows.idBytes(index), length(index), id, from, to);
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
    int index = rows.indexOf(id);
    if (index < 0) {
      return null;
    }
    TargetSeries found = series.get(index, rows.bytes(index), this::readSeries);
    last.set(new Named(id, found));
    return found;
  }

  private TargetSeries readSeries(int index) {
    return file.series(rows.place(index), rows.bytes(index), rows.idBytes(index), length(index));
  }
}
