package io.hindsight.driver.config;

/** Where the gradient of a step is computed. */
public enum EngineKind {
  /** The best there is for the session. */
  AUTO,
  /** Threads of this process. */
  LOCAL,
  /** One Spark job per step. */
  SPARK_JOBS,
  /** Tasks of one long Spark job, which ask for step after step. */
  SPARK_RESIDENT
}
