package io.hindsight.driver.recursive;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Optional;

/** What is answered of a step, where answers may be read to go on. */
public final class RecursiveOutput {
  private RecursiveOutput() {}

  /** What is answered of a step, where a network has these outputs. */
  public static OutputSpec of(OutputSpec trained, Encoding encoding) {
    return encoding instanceof Encoding.Table table ? of(trained, table.horizon()) : trained;
  }

  /** The same of data that is not encoded yet. */
  public static OutputSpec of(OutputSpec trained, Horizon horizon) {
    if (!horizon.isRecursive()) {
      return trained;
    }
    OutputSpec answered = horizon.paths() > 0 ? Paths.output(trained) : trained;
    return answered.ahead(horizon.answers());
  }

  /** How many answers of the network a step has, each of which reads the one before. */
  public static int answers(Encoding encoding) {
    return isUsed(encoding) ? ((Encoding.Table) encoding).horizon().answers() : 1;
  }

  /** How often the network goes on from a step, to read another sample each time; 0 or many. */
  public static int paths(Encoding encoding) {
    return isUsed(encoding) ? ((Encoding.Table) encoding).horizon().paths() : 0;
  }

  /** Whether answers are read. */
  public static boolean isUsed(Encoding encoding) {
    return encoding instanceof Encoding.Table table && table.horizon().isRecursive();
  }

  /** What a user should know of the intervals that are answered; absent if they are calibrated. */
  public static Optional<String> warning(OutputSpec trained, Encoding encoding) {
    boolean narrow =
        answers(encoding) > 1
            && paths(encoding) == 0
            && !trained.options().quantiles().isEmpty()
            && trained.options().margins().isEmpty();
    return narrow
        ? Optional.of(
            "with data.strategy: recursive the interval of a step takes the answers before it for true, so from the second step on it is too narrow; model.output.conformal: true widens it by the errors of the validation part, and with model.output.distribution data.paths: 200 reads samples")
        : Optional.empty();
  }
}
