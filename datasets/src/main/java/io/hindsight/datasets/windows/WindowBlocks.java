package io.hindsight.datasets.windows;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
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
