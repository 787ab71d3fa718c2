package io.hindsight.driver.metrics;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells people how far a run is: on a terminal one line that is rewritten in place, otherwise a
 * line every few seconds.
 *
 * <p>{@code epoch 3/30 step 1200/12000 loss 0.1234 validation 0.1300 312 sequences/s grad norm
 * 0.5210 ETA 4m12s}. The loss is the mean over the steps since the line before. The rate and the
 * time left are measured from the first step of this process.
 */
public final class Progress {
  private static final long TERMINAL_INTERVAL = 100_000_000L; // ns
  private static final long LOG_INTERVAL = 5_000_000_000L; // ns

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier clock; // ns
  private final String epochs;
  private final long totalSteps;
  private final long started;

  private long lastPrinted;
  private StepMetrics unprinted; // the latest step's; null once its line is printed
  private long unprintedAt; // on the clock
  private double shown = Double.NaN; // loss of the validation before it
  private long steps;
  private long sequences;
  private double lossSum;
  private int lossCount;
  private double validation = Double.NaN;

  /**
   * The progress of a run that begins now.
   *
   * @param out where lines go; standard error as a rule
   * @param terminal whether a line can be rewritten in place
   * @param clock nanoseconds from any origin
   * @param totalEpochs epochs of the run; 0 if it is measured in steps only
   * @param totalSteps updates of the whole run
   */
  public Progress(
      PrintStream out, boolean terminal, LongSupplier clock, int totalEpochs, long totalSteps) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
    this.totalSteps = totalSteps;
    epochs = totalEpochs > 0 ? "/" + totalEpochs : "";
    started = clock.getAsLong();
    lastPrinted = started;
  }

  /** The progress on standard error. */
  public static Progress onConsole(int totalEpochs, long totalSteps) {
    return new Progress(System.err, isTerminal(), System::nanoTime, totalEpochs, totalSteps);
  }

  /** Since Java 22 there may be a console without a terminal, and a method that tells. */
  @SuppressWarnings("SystemConsoleNull") // asked further below
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJava) {
      return true;
    }
  }

  /**
   * Reports a step.
   *
   * @param sequenceCount sequences that had a window in it
   */
  public void step(StepMetrics metrics, int sequenceCount) {
    steps++;
    sequences += sequenceCount;
    if (!metrics.skipped()) {
      lossSum += metrics.loss();
      lossCount++;
    }
    long now = clock.getAsLong();
    unprinted = metrics; // its line is made when it is printed: that takes longer than some steps
    unprintedAt = now;
    shown = validation;
    if (now - lastPrinted >= (terminal ? TERMINAL_INTERVAL : LOG_INTERVAL)) {
      print(now);
    }
  }

  /** Reports a validation; its loss is shown from the next line on. */
  public void validation(ValidationMetrics metrics) {
    validation = metrics.loss();
  }

  /** Prints the last step's line if it was not printed yet, and ends it. */
  public void end() {
    if (unprinted != null) {
      print(clock.getAsLong());
    }
    if (terminal && steps > 0) {
      out.println();
    }
    out.flush();
  }

  private void print(long now) {
    String line = line(unprinted, unprintedAt);
    if (terminal) {
      // A line that is too long is cut off rather than wrapped, so that \r reaches its start.
      out.print("\r\u001b[?7l" + line + "\u001b[K\u001b[?7h");
    } else {
      out.println(line);
    }
    out.flush();
    lastPrinted = now;
    unprinted = null;
    lossSum = 0;
    lossCount = 0;
  }

  private String line(StepMetrics metrics, long now) {
    double seconds = Math.max(now - started, 1) / 1e9;
    double left = seconds / steps * Math.max(0, totalSteps - metrics.step() - 1);
    String validated = Double.isNaN(shown) ? "" : " validation " + number(shown);
    return String.format(
        Locale.ROOT,
        "epoch %d%s step %d/%d loss %s%s %.0f sequences/s grad norm %s ETA %s",
        metrics.epoch() + 1,
        epochs,
        metrics.step() + 1,
        totalSteps,
        number(lossSum / lossCount),
        validated,
        sequences / seconds,
        number(metrics.gradNorm()),
        duration(Math.round(left)));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** Hours, minutes and seconds without leading zeros: 1h02m03s, 4m12s, 9s. */
  static String duration(long seconds) {
    if (seconds >= 3600) {
      return String.format(
          Locale.ROOT, "%dh%02dm%02ds", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    return seconds >= 60
        ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
        : seconds + "s";
  }
}
