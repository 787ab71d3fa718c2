package io.hindsight.kernels.bptt;

import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.NetworkSpec;

/**
 * Forward passes over one lane block after another, each in pieces with the state carried from one
 * to the next. So memory does not grow with the length of sequences; it does for a network that
 * reads them from their ends too, or whose loss is of all their steps, and takes them whole.
 *
 * <p>A piece has the same length for everybody, because the losses of a piece are summed by the
 * kernels. For one thread.
 */
public final class PieceByPiece {
  /** Steps of a piece. */
  private static final int STEPS = 128;

  private final NetworkSpec spec;
  private final int piece;
  private final Bptt bptt;
  private final SequenceBatch batch = new SequenceBatch(1);

  /** For a network. */
  public PieceByPiece(NetworkSpec spec) {
    this.spec = spec;
    piece = spec.scoresWholeSequences() ? Integer.MAX_VALUE : STEPS;
    bptt = new Bptt(spec);
  }

  /** What goes through in the lanes of a block; each begins with a zero state. */
  public interface Lanes {
    /** How many lanes are used, at most {@value SequenceBatch#LANES}. */
    int count();

    /** T of a lane. */
    int steps(int lane);

    /**
     * Puts some steps into a lane.
     *
     * @param from first of the lane's steps
     * @param steps how many, at least 1
     */
    void put(SequenceBatch batch, int lane, int from, int steps);
  }

  /** Looks at a piece that was computed. */
  public interface Reader {
    /**
     * A piece.
     *
     * @param bptt has its losses and outputs, until the next piece
     * @param batch what went through, one block
     */
    void read(Bptt bptt, SequenceBatch batch);
  }

  /** Computes a block. */
  public void run(PackedWeights weights, Lanes lanes, Reader reader) {
    CarriedState state = new CarriedState(spec, 1);
    int longest = 0;
    for (int lane = 0; lane < lanes.count(); lane++) {
      longest = Math.max(longest, lanes.steps(lane));
    }
    for (int from = 0; from < longest; from += Math.min(piece, longest)) {
      batch.clear();
      for (int lane = 0; lane < lanes.count(); lane++) {
        int steps = Math.min(piece, lanes.steps(lane) - from);
        if (steps > 0) {
          lanes.put(batch, lane, from, steps);
        }
      }
      bptt.forward(weights, batch, state);
      bptt.finalState(state);
      reader.read(bptt, batch);
    }
  }
}
