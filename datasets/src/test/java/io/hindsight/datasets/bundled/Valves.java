package io.hindsight.datasets.bundled;

import io.hindsight.kernels.random.CounterRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Makes {@code data/valves.csv}: 60 valves, each watched for 150 minutes. A knock in the current is
 * followed by a valve that sticks, {@value #STICK_AFTER} minutes later, in two cases of five; a dip
 * of the pressure by a leak, {@value #LEAK_AFTER} minutes later, as often. So one minute in about
 * 60 is of each fault, and nobody can tell which of the warnings are followed by one.
 */
public final class Valves {
  /** Minutes from a knock to a valve that sticks. */
  static final int STICK_AFTER = 3;

  /** Minutes from a dip to a leak. */
  static final int LEAK_AFTER = 2;

  private static final long SEED = 2030;
  private static final int VALVES = 60;
  private static final int MINUTES = 150;
  private static final double WARNING = 0.04; // of each kind, per minute
  private static final double FOLLOWED = 0.4; // warnings that a fault follows

  private Valves() {}

  /** Writes the file to the path given as first argument. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), content(), StandardCharsets.UTF_8);
  }

  /** The whole file. */
  public static String content() {
    StringBuilder lines = new StringBuilder("valve,minute,current,pressure,state\n");
    for (int valve = 0; valve < VALVES; valve++) {
      CounterRandom random = CounterRandom.of(SEED, CounterRandom.Purpose.GENERATED_DATA, valve);
      boolean[] knocks = warnings(random);
      boolean[] dips = warnings(random);
      boolean[] sticks = followed(random, knocks, STICK_AFTER);
      boolean[] leaks = followed(random, dips, LEAK_AFTER);
      for (int t = 0; t < MINUTES; t++) {
        double current = 1 + (knocks[t] ? 1.5 : 0) + 0.2 * random.nextGaussian();
        double pressure = 5 - (dips[t] ? 1.5 : 0) + 0.2 * random.nextGaussian();
        String state = sticks[t] ? "stuck" : leaks[t] ? "leak" : "ok";
        lines.append(
            String.format(
                Locale.ROOT, "v%02d,%d,%.2f,%.2f,%s\n", valve, t, current, pressure, state));
      }
    }
    return lines.toString();
  }

  private static boolean[] warnings(CounterRandom random) {
    boolean[] warnings = new boolean[MINUTES];
    for (int t = 0; t < MINUTES; t++) {
      warnings[t] = random.nextDouble() < WARNING;
    }
    return warnings;
  }

  private static boolean[] followed(CounterRandom random, boolean[] warnings, int after) {
    boolean[] faults = new boolean[MINUTES];
    for (int t = after; t < MINUTES; t++) {
      boolean isFollowed = random.nextDouble() < FOLLOWED;
      faults[t] = warnings[t - after] && isFollowed;
    }
    return faults;
  }
}
