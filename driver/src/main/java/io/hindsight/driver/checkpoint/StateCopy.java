package io.hindsight.driver.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.model.ModelException.Kind;
import io.hindsight.driver.train.TrainingState;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.network.Parameters;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Copies a run's state into a checkpoint and back. Every copy goes into the same arrays, so the one
 * before it must be written by then.
 *
 * <p>Beside weights and optimizer a checkpoint holds the weights of the best validation where early
 * stopping keeps them ({@code best_weights}), the carried states ({@code hidden_lN, cell_lN}), and
 * of the loop:
 *
 * <pre>
 * {"epoch": 3, "step_in_epoch": 17, "best_loss_bits": …, "without_improvement": 2}
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
    return loop;
  }

  /** The state's own arrays beside weights and optimizer. */
  private static SortedMap<String, double[]> live(TrainingState state) {
    SortedMap<String, double[]> live = new TreeMap<>();
    if (state.best() != state.parameters()) {
      live.put(BEST_WEIGHTS, state.best().values());
    }
    state.carried().ifPresent(carried -> putCarried(live, carried));
    return live;
  }

  private static void putCarried(Map<String, double[]> arrays, CarriedState carried) {
    for (int layer = 0; layer < carried.layers(); layer++) {
      arrays.put("hidden_l" + layer, carried.hidden(layer));
      if (carried.cell(layer).length > 0) {
        arrays.put("cell_l" + layer, carried.cell(layer));
      }
    }
  }

  /**
   * Takes a checkpoint up; its configuration and data must be the run's.
   *
   * @throws ModelException if it is of another shape than the run, or contradicts itself
   */
  static void restore(Checkpoint checkpoint, TrainingState state) {
    copy(checkpoint.parameters().values(), state.parameters().values(), "the weights");
    live(state).forEach((name, to) -> copy(checkpoint.arrays().get(name), to, name));
    restoreOptimizer(checkpoint, state);
    state.restore(checkpoint.step());
    long bits = whole(checkpoint, "best_loss_bits", Long.MIN_VALUE, Long.MAX_VALUE);
    int without = (int) whole(checkpoint, "without_improvement", 0, Integer.MAX_VALUE);
    state.earlyStopping().restore(Double.longBitsToDouble(bits), without);
    requireSame("epoch", state.epoch(), checkpoint);
    requireSame("step_in_epoch", state.stepInEpoch(), checkpoint);
  }

  private static void restoreOptimizer(Checkpoint checkpoint, TrainingState state) {
    try {
      state.optimizer().restore(checkpoint.optimizerStep(), checkpoint.slots());
    } catch (IllegalArgumentException other) {
      throw new ModelException(
          Kind.CORRUPT,
          "the checkpoint of step %d: %s".formatted(checkpoint.step(), other.getMessage()));
    }
  }

  private static long whole(Checkpoint checkpoint, String name, long least, long most) {
    JsonNode value = checkpoint.state().path(name);
    boolean whole = value.isIntegralNumber() && value.canConvertToLong();
    if (!whole || value.longValue() < least || value.longValue() > most) {
      throw new ModelException(
          Kind.CORRUPT,
          "the checkpoint of step %d must tell %s as a whole number, but has %s"
              .formatted(checkpoint.step(), name, value.isMissingNode() ? "none" : value));
    }
    return value.longValue();
  }

  private static void copy(double[] from, double[] to, String name) {
    if (from == null || from.length != to.length) {
      throw new ModelException(
          Kind.CORRUPT,
          "the checkpoint must hold %d numbers of %s, but has %s"
              .formatted(to.length, name, from == null ? "none" : String.valueOf(from.length)));
    }
    System.arraycopy(from, 0, to, 0, to.length);
  }

  private static void requireSame(String name, long computed, Checkpoint checkpoint) {
    long saved = whole(checkpoint, name, 0, Long.MAX_VALUE);
    if (saved != computed) {
      throw new ModelException(
          Kind.CORRUPT,
          "the checkpoint of step %d must be at %s %d, but says %d"
              .formatted(checkpoint.step(), name, computed, saved));
    }
  }
}
