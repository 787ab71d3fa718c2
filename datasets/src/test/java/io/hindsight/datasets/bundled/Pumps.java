package io.hindsight.datasets.bundled;

import io.hindsight.kernels.random.CounterRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes {@code data/pumps.csv}: 90 pumps, each measured every hour until it fails. Wear grows with
 * the load, faster the more there is, and shows late; every pump has sensors of its own zero, so a
 * single row tells little.
 */
public final class Pumps {
  /** Hours to the failure that are told at most: before, nothing of it can be seen. */
  private static final int LONGEST = 50;

  private static final long SEED = 2028;
  private static final int PUMPS = 90;

  private Pumps() {}

  /** Writes the file to the path given as first argument. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), content(), StandardCharsets.UTF_8);
  }

  /** The whole file. */
  public static String content() {
    StringBuilder lines =
        new StringBuilder("pump,hour,load,temperature,vibration,pressure,remaining\n");
    for (int pump = 0; pump < PUMPS; pump++) {
      List<double[]> hours = hours(random(pump));
      for (int hour = 0; hour < hours.size(); hour++) {
        double[] row = hours.get(hour);
        lines.append(
            String.format(
                Locale.ROOT,
                "p%02d,%d,%.2f,%.1f,%.2f,%.2f,%d\n",
                pump,
                hour + 1,
                row[0],
                row[1],
                row[2],
                row[3],
                Math.min(LONGEST, hours.size() - 1 - hour)));
      }
    }
    return lines.toString();
  }

  /** Load, temperature, vibration and pressure of each hour up to the failure. */
  private static List<double[]> hours(CounterRandom random) {
    double quality = random.nextDouble(0.7, 1.3);
    double warmth = 3 * random.nextGaussian();
    double looseness = 0.3 * random.nextGaussian();
    double seal = 0.1 * random.nextGaussian();
    double load = random.nextDouble(0.4, 1);
    double wear = random.nextDouble(0, 0.1);
    List<double[]> hours = new ArrayList<>();
    while (wear < 1) {
      load = random.nextInt(12) == 0 ? random.nextDouble(0.4, 1) : load;
      double shown = wear * wear;
      hours.add(
          new double[] {
            load,
            60 + warmth + 20 * load + 12 * shown + 4 * random.nextGaussian(),
            2 + looseness + load + 2.5 * shown + 0.8 * random.nextGaussian(),
            6 + seal - 0.8 * load - 0.9 * shown + 0.3 * random.nextGaussian()
          });
      wear += 0.018 * quality * load * load * (0.6 + 1.8 * wear);
    }
    return hours;
  }

  private static CounterRandom random(int pump) {
    return CounterRandom.of(SEED, CounterRandom.Purpose.GENERATED_DATA, pump);
  }
}
