package io.hindsight.datasets.windows;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A part of sequences that are kept elsewhere: the beginnings of some, each scored from a step on.
 * It holds twelve bytes of each.
 */
public final class Beginnings extends SequenceList {
  private final SequenceList whole;
  private final int[] places; // in the whole list
  private final int[] lengths; // T
  private final int[] scoredFrom;

  private Beginnings(SequenceList whole, int[] places, int[] lengths, int[] scoredFrom) {
    this.whole = whole;
    this.places = places;
    this.lengths = lengths;
    this.scoredFrom = scoredFrom;
  }

  /** Collects the sequences of a part, in the order of the whole list. */
  public static final class Builder {
    private final IntStream.Builder places = IntStream.builder();
    private final IntStream.Builder lengths = IntStream.builder();
    private final IntStream.Builder scoredFrom = IntStream.builder();

    /**
     * Adds the beginning of a sequence.
     *
     * @param place of it in the whole list
     * @param length steps of the beginning
     * @param from first step that is scored
     */
    public void add(int place, int length, int from) {
      places.add(place);
      lengths.add(length);
      scoredFrom.add(from);
    }

    /** The part. */
    public Beginnings of(SequenceList whole) {
      return new Beginnings(
          whole, places.build().toArray(), lengths.build().toArray(), scoredFrom.build().toArray());
    }
  }

  @Override
  public boolean isHeld() {
    return whole.isHeld();
  }

  @Override
  public boolean isAnyScored(int index, int from, int to) {
    int first = Math.max(from, scoredFrom[index]);
    return first < to && whole.isAnyScored(places[index], first, to);
  }

  @Override
  public Optional<SharedFiles> shared() {
    return whole.shared();
  }

  @Override
  public StoredSteps stored(int index, int start, int steps, boolean cut) {
    return whole
        .stored(places[index], start, steps, cut)
        .scoredFrom(Math.min(steps, Math.max(0, scoredFrom[index] - start)));
  }

  @Override
  public int size() {
    return places.length;
  }

  @Override
  public String id(int index) {
    return whole.id(places[index]);
  }

  @Override
  public int length(int index) {
    return lengths[index];
  }

  @Override
  public int scoredFrom(int index) {
    return scoredFrom[index];
  }

  @Override
  public Sequence get(int index) {
    Sequence all = whole.get(places[index]);
    Sequence beginning =
        all.length() == lengths[index] ? all : all.window(all.id(), 0, lengths[index]);
    return beginning.scoredFrom(scoredFrom[index]);
  }

  @Override
  public Window near(int index, int start, int steps) {
    Window window = whole.near(places[index], start, steps);
    return window.scoredFrom(Math.min(steps, Math.max(0, scoredFrom[index] - start)));
  }

  @Override
  public Window window(int index, int start, int steps, boolean cut) {
    Window window = whole.window(places[index], start, steps, cut);
    return window.scoredFrom(Math.min(steps, Math.max(0, scoredFrom[index] - start)));
  }
}
