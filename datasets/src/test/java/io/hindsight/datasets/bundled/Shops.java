package io.hindsight.datasets.bundled;

import io.hindsight.kernels.random.CounterRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Makes {@code data/shops.csv}: what 40 shops sell on 30 days. Each of twelve actions and each of
 * five regions has an effect that no column tells; what is left is noise.
 */
public final class Shops {
  private static final long SEED = 2027;
  private static final int SHOPS = 40;
  private static final int DAYS = 30;
  private static final int ACTIONS = 12;
  private static final int REGIONS = 5;
  private static final double NOISE = 1;

  private Shops() {}

  /** Writes the file to the path given as first argument. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), content(), StandardCharsets.UTF_8);
  }

  /** The whole file. */
  public static String content() {
    CounterRandom effects = random(SHOPS);
    double[] action = effects(effects, ACTIONS, 6);
    double[] region = effects(effects, REGIONS, 4);
    StringBuilder lines = new StringBuilder("shop,day,action,region,area,sales\n");
    for (int shop = 0; shop < SHOPS; shop++) {
      CounterRandom random = random(shop);
      int where = shop % REGIONS;
      int area = 50 + random.nextInt(200);
      for (int day = 1; day <= DAYS; day++) {
        int what = random.nextInt(ACTIONS);
        double sales =
            20 + action[what] + region[where] + area / 50.0 + NOISE * random.nextGaussian();
        lines.append(
            String.format(
                Locale.ROOT,
                "s%02d,%d,%s,R%d,%d,%.2f\n",
                shop,
                day,
                (char) ('a' + what),
                where,
                area,
                sales));
      }
    }
    return lines.toString();
  }

  private static double[] effects(CounterRandom random, int count, double size) {
    double[] effects = new double[count];
    for (int i = 0; i < count; i++) {
      effects[i] = size * random.nextDouble(-1, 1);
    }
    return effects;
  }

  private static CounterRandom random(int number) {
    return CounterRandom.of(SEED, CounterRandom.Purpose.GENERATED_DATA, number);
  }
}
