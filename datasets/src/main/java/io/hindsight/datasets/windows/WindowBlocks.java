package io.hindsight.datasets.windows;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.PieceByPiece;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Windows in a fixed order, of which eight are asked for at a time: all that may be read of a part,
 * whoever keeps its sequences.
 *
 * <p>Eight windows are a lane block of the kernels, so they can be scored where they are. Reading
 * is safe from several threads at once.
 */
public interface WindowBlocks extends Iterable<Window> {
  /** How many windows. */
  int size();

  /**
   * The windows of a block, in order: eight, or what is left for the last one.
   *
   * @param block in [0, {@link #blocks})
   */
  List<Window> block(int block);

  /**
   * One window, for those who do not need the others of its block.
   *
   * @param index in [0, {@link #size})
   */
  default Window window(int index) {
    return block(index / SequenceBatch.LANES).get(index % SequenceBatch.LANES);
  }

  /** These windows. */
  static WindowBlocks of(List<Window> windows) {
    return new WindowBlocks() {
      @Override
      public int size() {
        return windows.size();
      }

      @Override
      public List<Window> block(int block) {
        int from = block * SequenceBatch.LANES;
        int to = Math.min(windows.size(), from + SequenceBatch.LANES);
        return List.copyOf(windows.subList(from, to));
      }

      @Override
      public Window window(int index) {
        return windows.get(index);
      }
    };
  }

  /** Sequences that are not cut. */
  static WindowBlocks whole(List<Sequence> sequences) {
    return of(Windows.whole(sequences));
  }

  /**
   * The same of sequences of which some steps can be read without the others, where the heap does
   * not hold them.
   */
  static WindowBlocks inPieces(SequenceList sequences) {
    return sequences.isHeld() ? whole(sequences) : new PiecedSequences(sequences);
  }

  /**
   * The windows of a block for who goes along them, in lanes: as far as possible no more of them is
   * held than a piece.
   */
  default PieceByPiece.Lanes lanes(int block) {
    return new WindowLanes(block(block));
  }

  /** These windows, which are whole sequences, cut as {@link Windows#scoring} says. */
  default WindowBlocks cut(int window, int stride) {
    CutWindows.Builder cuts = new CutWindows.Builder(window, stride);
    for (Window one : this) {
      Sequence sequence = one.sequence();
      cuts.add(sequence.length(), sequence.firstTarget(), sequence::isAnyScored);
    }
    return cuts.of(this);
  }

  /**
   * Steps of these windows that would be scored, had they a target.
   *
   * @param lastStepOnly whether only the last step of each would be
   */
  default long unscored(boolean lastStepOnly) {
    long unscored = 0;
    for (Window whole : this) {
      int from = lastStepOnly ? whole.steps() - 1 : whole.scoredFrom();
      unscored += IntStream.range(from, whole.steps()).filter(t -> !whole.isScored(t)).count();
    }
    return unscored;
  }

  /** Windows of these windows, which are whole sequences. */
  default WindowParts parts() {
    return WindowParts.of(this);
  }

  /** How many blocks. */
  default int blocks() {
    return SequenceBatch.blocksFor(size());
  }

  /** Whether there is no window. */
  default boolean isEmpty() {
    return size() == 0;
  }

  /** The same windows, each changed when it is asked for. */
  default WindowBlocks map(UnaryOperator<Window> change) {
    WindowBlocks unchanged = this;
    return new WindowBlocks() {
      @Override
      public int size() {
        return unchanged.size();
      }

      @Override
      public List<Window> block(int block) {
        return unchanged.block(block).stream().map(change).toList();
      }

      @Override
      public Window window(int index) {
        return change.apply(unchanged.window(index));
      }
    };
  }

  /** One window after the other; one block is held at a time. */
  default Stream<Window> stream() {
    return IntStream.range(0, blocks()).mapToObj(this::block).flatMap(List::stream);
  }

  /** As {@link #stream}. */
  @Override
  default Iterator<Window> iterator() {
    return stream().iterator();
  }
}
