package io.hindsight.driver.train;

import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.network.NetworkSpec;
import java.util.Arrays;

/**
 * The states of the whole minibatch that were stored and are still to be used, in the order in
 * which they will be: an update stores one, and uses the one that was stored a fixed number of
 * updates before.
 */
public final class CarriedStates {
  private final CarriedState[] states; // the next to be used first

  /**
   * All zero.
   *
   * @param blocks lane blocks of the minibatch
   * @param distance after how many updates a state is used, at least 1
   */
  public CarriedStates(NetworkSpec spec, int blocks, int distance) {
    states = new CarriedState[distance];
    Arrays.setAll(states, i -> new CarriedState(spec, blocks));
  }

  /** How many there are. */
  public int count() {
    return states.length;
  }

  /** The live state that is used {@code later} updates after the next one; 0 for the next one's. */
  public CarriedState get(int later) {
    return states[later];
  }

  /** The live state that the next update uses. */
  public CarriedState next() {
    return states[0];
  }

  /** Sets each lane of each state to zero that has a unit which is NaN or infinite. */
  void resetNonFiniteLanes() {
    for (CarriedState state : states) {
      state.resetNonFiniteLanes();
    }
  }

  /** Moves on after an update, which stored this state. */
  void advance(CarriedState stored) {
    System.arraycopy(states, 1, states, 0, states.length - 1);
    states[states.length - 1] = stored;
  }
}
