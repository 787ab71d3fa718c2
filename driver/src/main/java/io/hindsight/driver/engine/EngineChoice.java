package io.hindsight.driver.engine;

import io.hindsight.driver.config.EngineKind;
import java.util.Optional;

/**
 * The engine that a run gets.
 *
 * @param kind not {@link EngineKind#AUTO}
 * @param reason why it was chosen
 * @param advice what the user may want to change
 */
public record EngineChoice(EngineKind kind, String reason, Optional<String> advice) {
  /** A choice without advice. */
  public EngineChoice(EngineKind kind, String reason) {
    this(kind, reason, Optional.empty());
  }

  /**
   * Chooses an engine before there is a session. Within one process Spark brings nothing but its
   * overhead, so {@code auto} uses it on clusters only; there with resident tasks, unless it turns
   * out that the session cannot have them, or jobs are predicted to be cheaper.
   *
   * @param wished the configured kind
   * @param master Spark's master, if one is set
   */
  public static EngineChoice of(EngineKind wished, Optional<String> master) {
    if (wished != EngineKind.AUTO) {
      return new EngineChoice(wished, "as configured");
    }
    if (master.isEmpty()) {
      return new EngineChoice(EngineKind.LOCAL, "no Spark master is set");
    }
    return isThisProcess(master.get())
        ? new EngineChoice(EngineKind.LOCAL, "the master " + master.get() + " is this process")
        : new EngineChoice(
            EngineKind.SPARK_RESIDENT, "the master " + master.get() + " is a cluster");
  }

  /** Whether a master of Spark means threads of this process. */
  public static boolean isThisProcess(String master) {
    return master.equals("local") || master.startsWith("local[");
  }
}
