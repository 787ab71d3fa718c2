package io.hindsight.kernels.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.bptt.Samples;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step that answers into an array of the caller's allocates nothing, once it is compiled. */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int STEPS = 50; // in one measurement
  private static final int FEWEST = 200; // measurements before giving up
  private static final int QUIET = 3; // measurements in a row without a byte
  private static final long DEADLINE = System.nanoTime() + Duration.ofMinutes(1).toNanos();

  static List<NetworkSpec> networks() {
    List<NetworkSpec> networks = new ArrayList<>();
    for (Cell cell : Samples.cells()) {
      for (boolean tokens : new boolean[] {false, true}) {
        NetworkSpec plain = Samples.spec(cell, tokens, Loss.SQUARED_ERROR, At.EVERY_STEP, 24, 9);
        networks.add(plain);
        networks.add(Samples.normalized(plain));
      }
    }
    for (OutputSpec output : Samples.outputs(At.EVERY_STEP)) {
      networks.add(NetworkSpec.plain(InputSpec.dense(5), new LstmCell(), List.of(17), output));
    }
    networks.add(Samples.spec(new LstmCell(), true, Loss.CTC, At.EVERY_STEP, 17));
    networks.add(Samples.tied(new LstmCell(), At.EVERY_STEP));
    for (InputSpec input : Samples.composedInputs()) {
      networks.add(Samples.reading(input, networks.get(0)));
    }
    return networks;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void shouldAllocateNothingInAStep(NetworkSpec spec) {
    StepPredictor predictor = new StepPredictor(Samples.parameters(spec, 1));
    Sequence one = Samples.sequence(spec, 1, 1);
    PredictorState state = predictor.newState(one.statics());
    double[] answer = new double[predictor.outputs()];
    int quiet = 0;
    long bytes = 0;
    for (int i = 0; quiet < QUIET && (i < FEWEST || System.nanoTime() < DEADLINE); i++) {
      bytes = bytesOf(predictor, one, state, answer);
      quiet = bytes == 0 ? quiet + 1 : 0;
    }
    assertEquals(0, bytes, "bytes in " + STEPS + " steps");
  }

  private static long bytesOf(
      StepPredictor predictor, Sequence one, PredictorState state, double[] answer) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < STEPS; i++) {
      if (one.isTokens()) {
        predictor.step(one.tokens()[0], state, answer);
      } else {
        predictor.step(one.features(), one.categories(), state, answer);
      }
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
