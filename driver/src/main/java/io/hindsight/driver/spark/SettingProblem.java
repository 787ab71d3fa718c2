package io.hindsight.driver.spark;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import java.util.List;

/** A problem with a setting of Spark, wherever it was given. */
public final class SettingProblem {
  private SettingProblem() {}

  /** The problem. */
  public static ConfigProblem of(String key, String message, String remedy) {
    return new ConfigProblem("Spark's settings", 0, 0, key, message, remedy);
  }

  /** It alone, to be thrown. */
  public static ConfigException exception(String key, String message, String remedy) {
    return new ConfigException(List.of(of(key, message, remedy)));
  }
}
