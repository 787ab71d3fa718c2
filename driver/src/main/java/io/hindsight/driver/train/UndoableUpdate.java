package io.hindsight.driver.train;

import io.hindsight.driver.optim.ClipResult;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.Optional;
import java.util.function.Supplier;

/** An update that leaves weights and optimizer as they were if it makes them infinite or NaN. */
public final class UndoableUpdate {
  private final TrainingState state;
  private final StateBefore before;

  /**
   * For updates of a state.
   *
   * @param loop over the weights
   */
  public UndoableUpdate(TrainingState state, RangeLoop loop) {
    this.state = state;
    before = new StateBefore(state, loop);
  }

  /**
   * Makes an update.
   *
   * @throws DivergedException if it is undone, or as the update does
   */
  public ClipResult make(Supplier<ClipResult> update) {
    before.take();
    ClipResult clip = update.get();
    Optional<String> block = firstNonFinite();
    if (block.isPresent()) {
      before.giveBack();
      throw DivergedException.inWeights(state.step(), block.get());
    }
    return clip;
  }

  /** The block that the first number which is not finite belongs to. */
  private Optional<String> firstNonFinite() {
    int element = firstNonFinite(state.parameters().values());
    for (double[] slot : state.optimizer().slots().values()) {
      element = element >= 0 ? element : firstNonFinite(slot);
    }
    return element < 0
        ? Optional.empty()
        : Optional.of(state.parameters().layout().blockAt(element).name());
  }

  private static int firstNonFinite(double[] values) {
    return OpsProvider.get().arrays().firstNonFinite(values);
  }
}
