package io.hindsight.driver.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.config.TrainingConfig.EarlyStoppingConfig;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.train.CarriedStates;
import io.hindsight.driver.train.EarlyStopping;
import io.hindsight.driver.train.TrainingState;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StateCopyTest {
  private static final NetworkSpec SPEC =
      NetworkSpec.plain(
          InputSpec.dense(1),
          new LstmCell(),
          List.of(2),
          new OutputSpec(1, Loss.SQUARED_ERROR, At.EVERY_STEP));

  @Test
  void shouldTakeUpWhatItCopied() {
    TrainingState state = state();
    for (int step = 0; step < 7; step++) {
      state.advance(Optional.of(carried(step)));
    }
    state.observeValidation(0.25);
    Checkpoint checkpoint = new StateCopy(null).take(state);

    TrainingState resumed = state();
    RestoredState.restore(checkpoint, resumed);

    assertEquals(7, resumed.step());
    assertEquals(0.25, resumed.earlyStopping().best());
    assertEquals(Set.of("best_weights", "hidden_l0", "cell_l0"), checkpoint.arrays().keySet());
    assertEquals(6, resumed.carried().orElseThrow().next().hidden(0, 3, 1));
  }

  @Test
  void shouldTakeUpEveryStateThatIsStillToBeUsed() {
    TrainingState state = state(3);
    for (int step = 0; step < 7; step++) {
      state.advance(Optional.of(carried(step)));
    }
    Checkpoint checkpoint = new StateCopy(null).take(state);
    TrainingState resumed = state(3);
    RestoredState.restore(checkpoint, resumed);
    for (int later = 0; later < 3; later++) {
      assertEquals(4 + later, resumed.carried().orElseThrow().get(later).hidden(0, 3, 1));
    }
    assertEquals(
        Optional.of(4.0),
        resumed
            .request(Backpropagation.FULL, RangeLoop.SERIAL)
            .carried()
            .map(c -> c.hidden(0, 3, 1)));
    ModelException refusal =
        assertThrows(ModelException.class, () -> RestoredState.restore(checkpoint, state(4)));
    assertTrue(refusal.getMessage().contains("later3"), refusal.getMessage());
  }

  /** The state that a step stored. */
  private static CarriedState carried(int step) {
    CarriedState state = new CarriedState(SPEC, 1);
    state.setHidden(0, 3, 1, step);
    return state;
  }

  @Test
  void shouldRefuseACheckpointThatContradictsItself() {
    refuse(loop -> loop.remove("best_loss_bits"), "best_loss_bits");
    refuse(loop -> loop.put("best_loss_bits", "0"), "best_loss_bits");
    refuse(loop -> loop.put("without_improvement", -1), "without_improvement");
    refuse(loop -> loop.put("without_improvement", 1L << 40), "without_improvement");
    refuse(loop -> loop.put("epoch", 3), "epoch 0, but says 3");
    refuse(loop -> loop.putNull("step_in_epoch"), "step_in_epoch");
  }

  @Test
  void shouldRefuseTheStateOfAnotherOptimizer() {
    Checkpoint sound = new StateCopy(null).take(state());
    SortedMap<String, double[]> slots = new TreeMap<>(sound.slots());
    slots.put("momentum", slots.remove(slots.firstKey()));
    Checkpoint other = with(sound, slots, sound.state());

    ModelException refusal =
        assertThrows(ModelException.class, () -> RestoredState.restore(other, state()));

    assertTrue(refusal.getMessage().contains("momentum"), refusal.getMessage());
  }

  private static void refuse(Consumer<ObjectNode> spoil, String told) {
    Checkpoint sound = new StateCopy(null).take(state());
    ObjectNode loop = sound.state().deepCopy();
    spoil.accept(loop);
    Checkpoint spoilt = with(sound, sound.slots(), loop);
    ModelException refusal =
        assertThrows(ModelException.class, () -> RestoredState.restore(spoilt, state()));
    assertTrue(refusal.getMessage().contains(told), refusal.getMessage());
  }

  private static Checkpoint with(Checkpoint c, SortedMap<String, double[]> slots, JsonNode loop) {
    return new Checkpoint(
        c.step(), c.description(), c.parameters(), c.optimizerStep(), slots, loop, c.arrays());
  }

  private static TrainingState state() {
    return state(1);
  }

  private static TrainingState state(int distance) {
    ParameterLayout layout = new ParameterLayout(SPEC);
    return new TrainingState(
        1,
        new Parameters(layout),
        Optimizer.create(
            TestRuns.config(
                    """
                    data: {format: generator, name: sine, length: 4, sequences: 9}
                    model: {cell: lstm, hidden: [2]}
                    training: {steps: 9, optimizer: {type: adam, learning-rate: 0.1}}
                    """)
                .training()
                .update()
                .optimizer(),
            layout.size()),
        new EarlyStopping(Optional.of(new EarlyStoppingConfig(3, 0))),
        10,
        Optional.of(new CarriedStates(SPEC, 1, distance)));
  }
}
