package io.hindsight.driver.run;

import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.start.WarmStart;
import io.hindsight.kernels.batch.LabelString;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.GradientCheck;
import io.hindsight.kernels.bptt.GradientCheck.BlockError;
import io.hindsight.kernels.network.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Compares a configuration's gradients with central differences on its own data. */
public final class GradientChecks {
  /** Largest relative error of a block that passes. */
  public static final double TOLERANCE = 1e-6;

  private static final int SEQUENCES = 3;
  private static final int MOST_STEPS = 24;
  private static final int ELEMENTS_PER_BLOCK = 40;

  private GradientChecks() {}

  /**
   * Checks the initial weights on a few short training sequences of different lengths.
   *
   * @return the error of each parameter block and of the initial states
   */
  public static List<BlockError> run(RunConfig config) {
    Optional<WarmStart> start = WarmStart.of(config);
    RunData data;
    try (Sessions session = Sessions.forRun(config)) {
      data = WarmStart.read(start, config, new Reading(), session.dataStore(config));
    }
    Parameters parameters = WarmStart.initial(start, config, data);
    WindowBlocks training = data.training();
    List<Window> first = training.isEmpty() ? List.of() : training.block(0);
    Sequence[] few = new Sequence[Math.min(SEQUENCES, first.size())];
    for (int i = 0; i < few.length; i++) {
      Sequence whole = first.get(i).sequence();
      Sequence last = shortened(whole, MOST_STEPS - 5 * i);
      boolean strings = data.spec().output().loss().targetsAreStrings();
      few[i] = strings ? withLabels(LabelString.of(first.get(i)), last) : last;
    }
    return GradientCheck.check(parameters, SequenceBatch.of(few), null, ELEMENTS_PER_BLOCK);
  }

  /** A sequence with as many of some labels as fit its steps. */
  private static Sequence withLabels(int[] labels, Sequence sequence) {
    int[] classes = new int[sequence.length()];
    Arrays.fill(classes, Sequence.NO_CLASS);
    int needed = 0;
    for (int u = 0; u < labels.length; u++) {
      needed += u > 0 && labels[u] == labels[u - 1] ? 2 : 1;
      if (needed <= classes.length) {
        classes[u] = labels[u];
      }
    }
    return sequence.withClasses(classes);
  }

  /** The last steps, so that a target at the last step stays. */
  private static Sequence shortened(Sequence sequence, int most) {
    int steps = Math.min(sequence.length(), most);
    return sequence.window(sequence.id(), sequence.length() - steps, steps);
  }
}
