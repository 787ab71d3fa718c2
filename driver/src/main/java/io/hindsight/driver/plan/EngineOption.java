package io.hindsight.driver.plan;

import io.hindsight.driver.config.EngineKind;

/** The ways to compute a step's gradient that a plan compares. */
public enum EngineOption {
  /** Threads of the driver's process. */
  LOCAL("local", EngineKind.LOCAL),
  /** One Spark job per step, the gradients summed by the driver. */
  JOBS("spark-jobs", EngineKind.SPARK_JOBS),
  /** One Spark job per step, the gradients summed in slices by the executors. */
  JOBS_SLICED("spark-jobs sliced", EngineKind.SPARK_JOBS),
  /** Tasks that stay and ask for step after step. */
  RESIDENT("spark-resident", EngineKind.SPARK_RESIDENT);

  private final String label;
  private final EngineKind kind;

  EngineOption(String label, EngineKind kind) {
    this.label = label;
    this.kind = kind;
  }

  /** Its name for people and programs. */
  public String label() {
    return label;
  }

  /** The configuration's name for it. */
  public EngineKind kind() {
    return kind;
  }

  /** The way that a kind of engine takes unless told otherwise. */
  public static EngineOption of(EngineKind kind) {
    return switch (kind) {
      case SPARK_RESIDENT -> RESIDENT;
      case SPARK_JOBS -> JOBS;
      default -> LOCAL;
    };
  }
}
