package io.hindsight.driver.spark;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.engine.EngineException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkException;

/** Reads what Spark throws when it has given a job up, or its session has ended. */
public final class JobFailures {
  /** How Spark begins what it says to those who call an ended session. */
  public static final String STOPPED = "Cannot call methods on a stopped SparkContext";

  private JobFailures() {}

  /**
   * Makes what only a session makes, such as a broadcast.
   *
   * @throws EngineException if the session has ended
   */
  public static <T> T whileOpen(Supplier<T> making) {
    try {
      return making.get();
    } catch (IllegalStateException stopped) {
      throw withoutSession(stopped);
    }
  }

  /**
   * What to throw where the session has ended before it was needed.
   *
   * @param stopped what Spark threw for that; null if it was not asked
   */
  public static EngineException withoutSession(IllegalStateException stopped) {
    return new EngineException("the Spark session has ended; start the run again", stopped);
  }

  /**
   * What a task threw because its data do not fit the network, or files of its data are not as they
   * were written. Only the task's own exception counts: one that lies deeper was thrown by
   * something that the task used, and may not come again.
   */
  public static Optional<RuntimeException> wrongData(Throwable failure) {
    Throwable own = failure.getCause();
    return own instanceof IllegalArgumentException || own instanceof DataException
        ? Optional.of((RuntimeException) own)
        : Optional.empty();
  }

  /**
   * What to throw for the failed job of a step.
   *
   * @return an {@link EngineException} where another attempt may succeed
   */
  public static RuntimeException exception(Exception failure, long step) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new EngineException("interrupted at step " + step, failure);
    }
    Optional<Throwable> ours = SparkApi.thrownByDriver(failure);
    if (ours.isPresent()) {
      Throwable cause = ours.get();
      return new IllegalStateException("step " + step + ": " + cause.getMessage(), cause);
    }
    Optional<RuntimeException> wrongData = wrongData(failure);
    if (wrongData.isPresent()) {
      return wrongData.get();
    }
    return new EngineException(
        "the Spark job of step %d failed: %s".formatted(step, summary(failure)), failure);
  }

  /** Whether Spark itself says that it failed, rather than something that it ran. */
  public static boolean isSparks(Throwable failure) {
    return failure.getClass() == SparkException.class;
  }

  /**
   * That the session has ended while something needed it, which only others do: as a master that
   * gives an application up.
   *
   * @param failure the innermost of what was thrown
   */
  public static Optional<EngineException> sessionEnded(Throwable failure) {
    boolean ended =
        failure instanceof IllegalStateException && summary(failure).startsWith(STOPPED);
    return ended
        ? Optional.of(
            new EngineException(
                "Spark has ended the application while it was needed, as when its executors cannot"
                    + " start, or somebody ended it; see its executors' logs and its master's",
                failure))
        : Optional.empty();
  }

  /** The message without the stack traces that Spark appends to it. */
  public static String summary(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
