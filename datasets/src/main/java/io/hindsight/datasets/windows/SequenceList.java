package io.hindsight.datasets.windows;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * Sequences in a fixed order, wherever they are kept: on the heap, or in a file from which each is
 * read when it is asked for. Ids and lengths are known without reading.
 *
 * <p>It cannot be changed. Reading is safe from several threads at once.
 */
public abstract class SequenceList extends AbstractList<Sequence> implements RandomAccess {
  /** For subclasses. */
  protected SequenceList() {}

  /** Sequences on the heap, in this order. */
  public static SequenceList of(List<Sequence> sequences) {
    return sequences instanceof SequenceList list ? list : new Listed(List.copyOf(sequences), true);
  }

  /** A sequence that is divided as those are which are kept elsewhere: its parts are places. */
  public static SequenceList ofPlaces(Sequence sequence) {
    return new Listed(List.of(sequence), false);
  }

  /** Whether the heap of this process holds them. */
  public abstract boolean isHeld();

  /** The id of a sequence. */
  public abstract String id(int index);

  /** T: steps of a sequence. */
  public abstract int length(int index);

  /** The first step of a sequence that is scored, unless it lacks its target. */
  public abstract int scoredFrom(int index);

  /**
   * Consecutive steps of a sequence as a window by itself, scored where the sequence is.
   *
   * @param cut whether the start belongs to the window's identity
   */
  public abstract Window window(int index, int start, int steps, boolean cut);

  /** Whether any step of [from, to) of a sequence is scored; read only if nothing else tells. */
  public boolean isAnyScored(int index, int from, int to) {
    return get(index).isAnyScored(from, to);
  }

  /** The files that everybody can read the sequences from; absent if there are none. */
  public Optional<SharedFiles> shared() {
    return Optional.empty();
  }

  /**
   * Where the steps of {@link #window} are in those files.
   *
   * @throws UnsupportedOperationException if there are none
   */
  public StoredSteps stored(int index, int start, int steps, boolean cut) {
    throw new UnsupportedOperationException("these sequences are in no shared files");
  }

  /**
   * Some steps, for who goes along a sequence: what is read for them may hold the next ones, too.
   */
  public Window near(int index, int start, int steps) {
    return window(index, start, steps, false);
  }

  /** Sequences on the heap, whether or not their parts are to be taken as held there. */
  private static final class Listed extends SequenceList {
    private final List<Sequence> sequences;
    private final boolean isHeld;

    Listed(List<Sequence> sequences, boolean isHeld) {
      this.sequences = sequences;
      this.isHeld = isHeld;
    }

    @Override
    public boolean isHeld() {
      return isHeld;
    }

    @Override
    public int size() {
      return sequences.size();
    }

    @Override
    public Sequence get(int index) {
      return sequences.get(index);
    }

    @Override
    public String id(int index) {
      return sequences.get(index).id();
    }

    @Override
    public int length(int index) {
      return sequences.get(index).length();
    }

    @Override
    public int scoredFrom(int index) {
      return sequences.get(index).firstTarget();
    }

    @Override
    public Window window(int index, int start, int steps, boolean cut) {
      Sequence sequence = sequences.get(index);
      int scoredFrom = Math.min(steps, Math.max(0, sequence.firstTarget() - start));
      return new Window(sequence, start, steps, scoredFrom, cut);
    }
  }
}
