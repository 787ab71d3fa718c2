package io.hindsight.datasets.windows;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.PieceByPiece;
import java.util.List;
import java.util.stream.IntStream;

/** Whole sequences that are read piece by piece, by those who need no more at a time. */
final class PiecedSequences implements WindowBlocks {
  private static final int PIECE = 1 << 14; // steps

  private final SequenceList sequences;

  PiecedSequences(SequenceList sequences) {
    this.sequences = sequences;
  }

  @Override
  public int size() {
    return sequences.size();
  }

  @Override
  public Window window(int index) {
    return Window.whole(sequences.get(index));
  }

  @Override
  public List<Window> block(int block) {
    int from = block * SequenceBatch.LANES;
    int to = Math.min(size(), from + SequenceBatch.LANES);
    return IntStream.range(from, to).mapToObj(this::window).toList();
  }

  @Override
  public PieceByPiece.Lanes lanes(int block) {
    int first = block * SequenceBatch.LANES;
    return new Lanes(sequences, first, Math.min(SequenceBatch.LANES, size() - first));
  }

  @Override
  public WindowBlocks cut(int window, int stride) {
    CutWindows.Builder cuts = new CutWindows.Builder(window, stride);
    for (int i = 0; i < size(); i++) {
      int index = i;
      cuts.add(
          sequences.length(index),
          sequences.scoredFrom(index),
          (from, to) -> sequences.isAnyScored(index, from, to));
    }
    return cuts.of(this);
  }

  @Override
  public WindowParts parts() {
    return (index, start, steps, scoredFrom) -> {
      Window part = sequences.near(index, start, steps);
      return new Window(part.sequence(), part.start(), steps, scoredFrom, true);
    };
  }

  @Override
  public long unscored(boolean lastStepOnly) {
    long unscored = 0;
    for (int index = 0; index < size(); index++) {
      int length = sequences.length(index);
      int first = lastStepOnly ? length - 1 : sequences.scoredFrom(index);
      for (int from = first; from < length; from += PIECE) {
        int steps = Math.min(PIECE, length - from);
        Window piece = sequences.window(index, from, steps, false);
        unscored += IntStream.range(0, steps).filter(t -> !piece.isScored(t)).count();
      }
    }
    return unscored;
  }

  private record Lanes(SequenceList sequences, int first, int count) implements PieceByPiece.Lanes {
    @Override
    public int steps(int lane) {
      return sequences.length(first + lane);
    }

    @Override
    public void put(SequenceBatch batch, int lane, int from, int steps) {
      batch.set(lane, sequences.near(first + lane, from, steps), 0, steps);
    }
  }
}
