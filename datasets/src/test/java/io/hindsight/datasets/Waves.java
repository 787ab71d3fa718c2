package io.hindsight.datasets;

import io.hindsight.kernels.random.CounterRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Makes {@code data/waves.csv}: 320 noisy waves of 16 to 32 steps in four shapes, one row per step.
 * A rising and a falling ramp differ in nothing but their order in time.
 */
public final class Waves {
  private static final long SEED = 2026;
  private static final int SEQUENCES = 320;
  private static final double NOISE = 0.2;
  private static final List<String> SHAPES = List.of("falling", "rising", "sine", "square");

  private Waves() {}

  /** Writes the file to the path given as first argument. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), content(), StandardCharsets.UTF_8);
  }

  /** The whole file. */
  public static String content() {
    StringBuilder lines = new StringBuilder("id,step,value,label\n");
    for (int i = 0; i < SEQUENCES; i++) {
      appendWave(lines, i);
    }
    return lines.toString();
  }

  private static void appendWave(StringBuilder lines, int index) {
    CounterRandom random = CounterRandom.of(SEED, CounterRandom.Purpose.GENERATED_DATA, index);
    String shape = SHAPES.get(index % SHAPES.size());
    int steps = 16 + random.nextInt(17);
    double period = random.nextDouble(8, 16);
    double start = random.nextDouble();
    for (int t = 0; t < steps; t++) {
      double turns = start + t / period;
      double value = value(shape, turns - StrictMath.floor(turns)) + NOISE * random.nextGaussian();
      lines.append(String.format(Locale.ROOT, "w%03d,%d,%.2f,%s\n", index, t, value, shape));
    }
  }

  /** One period of a shape, between −1 and 1, at a phase in [0, 1). */
  private static double value(String shape, double phase) {
    return switch (shape) {
      case "falling" -> 1 - 2 * phase;
      case "rising" -> 2 * phase - 1;
      case "sine" -> StrictMath.sin(2 * Math.PI * phase);
      default -> phase < 0.5 ? 1 : -1;
    };
  }
}
