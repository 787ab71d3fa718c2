package io.hindsight.driver.monitoring;

import io.hindsight.driver.metrics.MetricsSink;
import io.hindsight.driver.metrics.StepMetrics;
import io.hindsight.driver.metrics.ValidationMetrics;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How far the run of this process has come, for whoever asks while it goes on, from any thread. Of
 * runs one after another it is the newest; what is not known is NaN.
 */
public final class LiveFigures implements MetricsSink {
  /** What can be asked for. */
  public enum Figure {
    /** 1 while the loop of a run goes on, else 0. */
    ACTIVE,
    /** Updates made. */
    STEPS,
    /** Updates of the whole run. */
    TOTAL_STEPS,
    /** Loss of the last step's minibatch. */
    LOSS,
    /** Loss of the last validation. */
    VALIDATION_LOSS,
    /** Norm of the last step's gradient before clipping. */
    GRADIENT_NORM,
    /** Rate of the last update. */
    LEARNING_RATE,
    /** Mean since the first step of this process. */
    SEQUENCES_PER_SECOND,
    /** Time to the last step, s; early stopping may end the run before. */
    SECONDS_LEFT,
    /** Results refused, workers lost or silent, and jobs started again, all of them made good. */
    MENDED;

    /** Its name in small letters. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final double NANOS = 1e9; // in a second
  private static final AtomicLongArray VALUES = new AtomicLongArray(Figure.values().length);

  static {
    forget();
  }

  private final long totalSteps;
  private final LongSupplier mended;
  private final LongSupplier clock; // ns
  private final long started;
  private long steps; // of this process
  private long sequences;

  /**
   * The figures of a run that begins, in the place of those before.
   *
   * @param made updates made before
   * @param totalSteps updates of the whole run
   * @param mended asked after each step for what {@link Figure#MENDED} counts
   */
  public LiveFigures(long made, long totalSteps, LongSupplier mended) {
    this(made, totalSteps, mended, System::nanoTime);
  }

  LiveFigures(long made, long totalSteps, LongSupplier mended, LongSupplier clock) {
    this.totalSteps = totalSteps;
    this.mended = mended;
    this.clock = clock;
    started = clock.getAsLong();
    forget();
    set(Figure.ACTIVE, 1);
    set(Figure.STEPS, made);
    set(Figure.TOTAL_STEPS, totalSteps);
  }

  private static void forget() {
    for (Figure figure : Figure.values()) {
      set(figure, Double.NaN);
    }
    set(Figure.ACTIVE, 0);
  }

  /** A figure as it is now. */
  public static double now(Figure figure) {
    return Double.longBitsToDouble(VALUES.get(figure.ordinal()));
  }

  private static void set(Figure figure, double value) {
    VALUES.set(figure.ordinal(), Double.doubleToRawLongBits(value));
  }

  @Override
  public void step(StepMetrics metrics, int sequenceCount) {
    steps++;
    sequences += sequenceCount;
    double seconds = Math.max(1, clock.getAsLong() - started) / NANOS;
    long made = metrics.step() + 1;
    set(Figure.STEPS, made);
    set(Figure.LOSS, metrics.loss());
    set(Figure.GRADIENT_NORM, metrics.gradNorm());
    set(Figure.LEARNING_RATE, metrics.learningRate());
    set(Figure.SEQUENCES_PER_SECOND, sequences / seconds);
    set(Figure.SECONDS_LEFT, seconds / steps * Math.max(0, totalSteps - made));
    set(Figure.MENDED, mended.getAsLong());
  }

  @Override
  public void validation(ValidationMetrics metrics) {
    set(Figure.VALIDATION_LOSS, metrics.loss());
  }

  @Override
  public void close() {
    set(Figure.ACTIVE, 0);
    set(Figure.SECONDS_LEFT, 0);
  }
}
