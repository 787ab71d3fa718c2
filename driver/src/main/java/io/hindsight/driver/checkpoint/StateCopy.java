package io.hindsight.driver.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.train.CarriedStates;
import io.hindsight.driver.train.Repairs;
import io.hindsight.driver.train.TrainingState;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.network.Parameters;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Copies a run's state into a checkpoint. Every copy goes into the same arrays, so the one before
 * it must be written by then.
 *
 * <p>Beside weights and optimizer a checkpoint holds the weights of the best validation where early
 * stopping keeps them ({@code best_weights}), the carried states ({@code hidden_lN, cell_lN}; with
 * {@code _laterK} those that are used K updates after the next one), and of the loop:
 *
 * <pre>
 * {"epoch": 3, "step_in_epoch": 17, "best_loss_bits": …, "without_improvement": 2,
 *  "skipped": 0, "skipped_in_a_row": 0, "rollbacks": 0, "went_back_to": -1}
 * </pre>
 *
 * <p>Learning rate, curriculum and the order of the data are functions of configuration and step.
 */
public final class StateCopy {
  private static final String BEST_WEIGHTS = "best_weights";

  private final ModelDescription description;
  private final SortedMap<String, double[]> slots = new TreeMap<>();
  private final SortedMap<String, double[]> arrays = new TreeMap<>();
  private Parameters parameters; // made by the first copy

  /** For checkpoints of a model of this description. */
  public StateCopy(ModelDescription description) {
    this.description = description;
  }

  /** Copies the state; valid until the next copy. */
  public Checkpoint take(TrainingState state) {
    if (parameters == null) {
      parameters = state.parameters().copy();
    } else {
      parameters.copyFrom(state.parameters());
    }
    copyAll(state.optimizer().slots(), slots);
    copyAll(live(state), arrays);
    long optimizerStep = state.optimizer().step();
    return new Checkpoint(
        state.step(), description, parameters, optimizerStep, slots, loop(state), arrays);
  }

  /** Bytes of the copy. */
  long bytes() {
    long others =
        Stream.concat(slots.values().stream(), arrays.values().stream())
            .mapToLong(array -> array.length)
            .sum();
    return (parameters.values().length + others) * Double.BYTES;
  }

  private static void copyAll(Map<String, double[]> from, Map<String, double[]> to) {
    from.forEach(
        (name, live) -> {
          double[] copy = to.computeIfAbsent(name, absent -> new double[live.length]);
          System.arraycopy(live, 0, copy, 0, live.length);
        });
  }

  private static ObjectNode loop(TrainingState state) {
    ObjectNode loop = JsonNodeFactory.instance.objectNode();
    loop.put("epoch", state.epoch()).put("step_in_epoch", state.stepInEpoch());
    loop.put("best_loss_bits", Double.doubleToRawLongBits(state.earlyStopping().best()));
    loop.put("without_improvement", state.earlyStopping().withoutImprovement());
    Repairs repairs = state.repairs();
    loop.put("skipped", repairs.skipped()).put("skipped_in_a_row", repairs.inARow());
    loop.put("rollbacks", repairs.rollbacks()).put("went_back_to", repairs.wentBackTo());
    return loop;
  }

  /** The state's own arrays beside weights and optimizer. */
  static SortedMap<String, double[]> live(TrainingState state) {
    SortedMap<String, double[]> live = new TreeMap<>();
    if (state.best() != state.parameters()) {
      live.put(BEST_WEIGHTS, state.best().values());
    }
    state.carried().ifPresent(states -> putCarried(live, states));
    return live;
  }

  private static void putCarried(Map<String, double[]> arrays, CarriedStates states) {
    for (int later = 0; later < states.count(); later++) {
      putCarried(arrays, states.get(later), later == 0 ? "" : "_later" + later);
    }
  }

  private static void putCarried(
      Map<String, double[]> arrays, CarriedState carried, String ending) {
    for (int layer = 0; layer < carried.layers(); layer++) {
      arrays.put("hidden_l" + layer + ending, carried.hidden(layer));
      if (carried.cell(layer).length > 0) {
        arrays.put("cell_l" + layer + ending, carried.cell(layer));
      }
    }
  }
}
