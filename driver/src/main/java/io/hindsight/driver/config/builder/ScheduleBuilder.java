package io.hindsight.driver.config.builder;

import java.util.Map;

/** The {@code training.schedule} section: what the learning rate is multiplied by. */
public final class ScheduleBuilder {
  private final Keys keys = new Keys();

  private ScheduleBuilder(String type) {
    keys.set("type", type);
  }

  /** Always the base rate. */
  public static ScheduleBuilder constant() {
    return new ScheduleBuilder("constant");
  }

  /**
   * A factor every so many steps.
   *
   * @param stepSize steps between decays
   */
  public static ScheduleBuilder step(long stepSize) {
    ScheduleBuilder builder = new ScheduleBuilder("step");
    builder.keys.set("step-size", stepSize);
    return builder;
  }

  /**
   * A factor at every step.
   *
   * @param gamma the factor
   */
  public static ScheduleBuilder exponential(double gamma) {
    return new ScheduleBuilder("exponential").gamma(gamma);
  }

  /** Half a wave down to the minimum, until the run ends or for {@link #steps}. */
  public static ScheduleBuilder cosine() {
    return new ScheduleBuilder("cosine");
  }

  /** The factor of a decay, for {@code step} and {@code exponential}. */
  public ScheduleBuilder gamma(double gamma) {
    keys.set("gamma", gamma);
    return this;
  }

  /** Length of the wave, for {@code cosine}. */
  public ScheduleBuilder steps(long steps) {
    keys.set("steps", steps);
    return this;
  }

  /** The rate at the end, for {@code cosine}. */
  public ScheduleBuilder minimum(double rate) {
    keys.set("minimum", rate);
    return this;
  }

  /** Steps in which the rate rises from 0. */
  public ScheduleBuilder warmupSteps(long steps) {
    keys.set("warmup-steps", steps);
    return this;
  }

  Map<String, Object> toMap() {
    return keys.toMap();
  }
}
