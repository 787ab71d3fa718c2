package io.hindsight.driver.optim;

/**
 * The learning rate as a function of the step: a warm-up that grows linearly, then a schedule.
 *
 * @param base the configured rate
 * @param warmupSteps steps over which the rate grows from base/warmupSteps to base; 0 for none
 * @param schedule what follows; its step 0 is the first after the warm-up
 */
public record LearningRate(double base, long warmupSteps, Schedule schedule) {
  /** Of {@link #warmupSteps}: no warm-up. */
  public static final long DEFAULT_WARMUP_STEPS = 0;

  /** Of {@link #schedule}. */
  public static final Schedule DEFAULT_SCHEDULE = new Constant();

  /** The course of the rate after the warm-up. */
  public sealed interface Schedule {}

  /** Always the base rate. */
  public record Constant() implements Schedule {}

  /**
   * base · gamma^⌊step / stepSize⌋.
   *
   * @param stepSize steps between decays
   * @param gamma factor of each decay
   */
  public record Step(long stepSize, double gamma) implements Schedule {
    /** Of {@link #gamma}. */
    public static final double DEFAULT_GAMMA = 0.1;
  }

  /**
   * base · gamma^step.
   *
   * @param gamma factor per step
   */
  public record Exponential(double gamma) implements Schedule {}

  /**
   * minimum + (base − minimum)·(1 + cos(π·step / steps)) / 2, and the minimum afterwards.
   *
   * @param steps length of the half wave; 0 until the run's length is known
   * @param minimum the final rate
   */
  public record Cosine(long steps, double minimum) implements Schedule {
    /** To 0 at the end of the run. */
    public static final Cosine DEFAULT = new Cosine(0, 0);
  }

  /**
   * The rate at a step.
   *
   * @param step from 0
   */
  public double at(long step) {
    if (step < warmupSteps) {
      return base * (step + 1) / warmupSteps;
    }
    long after = step - warmupSteps;
    if (schedule instanceof Step decay) {
      long decays = after / decay.stepSize();
      return base * StrictMath.pow(decay.gamma(), (double) decays);
    }
    if (schedule instanceof Exponential decay) {
      return base * StrictMath.pow(decay.gamma(), (double) after);
    }
    if (schedule instanceof Cosine cosine) {
      if (after >= cosine.steps()) {
        return cosine.minimum();
      }
      double wave = (1 + StrictMath.cos(Math.PI * after / cosine.steps())) / 2;
      return cosine.minimum() + (base - cosine.minimum()) * wave;
    }
    return base;
  }

  /**
   * The same rate with an open cosine stretched to the end of the run.
   *
   * @param totalSteps updates of the whole run, warm-up included
   */
  public LearningRate over(long totalSteps) {
    if (schedule instanceof Cosine cosine && cosine.steps() == 0) {
      long steps = Math.max(1, totalSteps - warmupSteps);
      return new LearningRate(base, warmupSteps, new Cosine(steps, cosine.minimum()));
    }
    return this;
  }
}
