package io.hindsight.driver.bench;

import com.sun.management.ThreadMXBean;
import io.hindsight.driver.metrics.MetricsLog;
import io.hindsight.driver.metrics.MetricsSink;
import io.hindsight.driver.metrics.Progress;
import io.hindsight.driver.metrics.StepMetrics;
import io.hindsight.driver.metrics.StepTimes;
import io.hindsight.driver.metrics.TimeSplit;
import io.hindsight.driver.monitoring.LiveFigures;
import io.hindsight.driver.monitoring.tensorboard.EventFile;
import io.hindsight.driver.storage.LocalStorage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * What it costs to report one step: microseconds by the clock and bytes allocated by each of those
 * who are told, of the fastest of some rounds of a thousand steps, which neighbours on the machine
 * disturb least.
 *
 * <p>A program, not a test: {@code ObserverBench FOLDER ROUNDS}.
 */
public final class ObserverBench {
  private static final int STEPS = 1000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final StepMetrics[] steps = new StepMetrics[STEPS];
  private final int rounds;

  private interface Told {
    void step(StepMetrics metrics) throws IOException;
  }

  private ObserverBench(int rounds) {
    this.rounds = rounds;
    Random random = new Random(1);
    for (int step = 0; step < STEPS; step++) {
      double[] ms = random.doubles(6, 0, 0.3).toArray();
      StepTimes times = new StepTimes(ms[0], ms[1], ms[2], ms[3], ms[4], ms[5]);
      steps[step] =
          new StepMetrics(
              step, 3, random.nextDouble(), 160, random.nextDouble(), 1, 2e-3, false, times);
    }
  }

  /** Prints a line for each of those who are told. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "observer");
    new ObserverBench(Integer.parseInt(arguments[1])).run(folder);
  }

  private void run(Path folder) throws IOException {
    LocalStorage disk = new LocalStorage();
    Progress progress =
        new Progress(
            new PrintStream(OutputStream.nullOutputStream()), true, System::nanoTime, 3, 1_000_000);
    TimeSplit split = new TimeSplit();
    MetricsSink live = new LiveFigures(0, 1_000_000, () -> 0);
    String file = folder.resolve("metrics.jsonl").toString();
    try (MetricsLog log = MetricsLog.create(disk, file, "simd-512");
        MetricsSink events = EventFile.open(disk, folder.resolve("tensorboard").toString(), 0)) {
      measure("metrics.jsonl", log::append);
      measure("progress", metrics -> progress.step(metrics, 8));
      measure("time split", metrics -> split.add(metrics.times()));
      measure("live figures", metrics -> live.step(metrics, 8));
      measure("tensorboard", metrics -> events.step(metrics, 8));
    }
  }

  private void measure(String name, Told told) throws IOException {
    double[] micros = new double[rounds];
    double[] bytes = new double[rounds];
    for (int round = -rounds; round < rounds; round++) {
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      for (StepMetrics step : steps) {
        told.step(step);
      }
      long end = System.nanoTime();
      if (round >= 0) {
        micros[round] = (end - start) / 1e3 / STEPS;
        bytes[round] = (double) (THREADS.getCurrentThreadAllocatedBytes() - allocated) / STEPS;
      }
    }
    Arrays.sort(micros);
    Arrays.sort(bytes);
    System.out.printf(
        Locale.ROOT, "%-16s%8.2f us %8.0f bytes%n", name, micros[0], bytes[rounds / 2]);
  }
}
