package io.hindsight.datasets;

import io.hindsight.kernels.random.CounterRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes {@code data/waveforms.jsonl}: 400 noisy waves of 30 to 50 steps in four shapes, one JSON
 * object per line. A rising and a falling ramp differ in nothing but their order in time.
 */
final class Waveforms {
  private static final long SEED = 2026;
  private static final int SEQUENCES = 400;
  private static final double NOISE = 0.2;
  private static final List<String> SHAPES = List.of("falling", "rising", "sine", "square");

  private Waveforms() {}

  /** Writes the file to the path given as first argument. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), content(), StandardCharsets.UTF_8);
  }

  /** The whole file. */
  static String content() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < SEQUENCES; i++) {
      lines.append(line(i)).append('\n');
    }
    return lines.toString();
  }

  private static String line(int index) {
    CounterRandom random = CounterRandom.of(SEED, CounterRandom.Purpose.GENERATED_DATA, index);
    String shape = SHAPES.get(index % SHAPES.size());
    int steps = 30 + random.nextInt(21);
    double period = random.nextDouble(8, 16);
    double start = random.nextDouble();
    List<String> values = new ArrayList<>();
    for (int t = 0; t < steps; t++) {
      double turns = start + t / period;
      double value = value(shape, turns - StrictMath.floor(turns)) + NOISE * random.nextGaussian();
      values.add(String.format(Locale.ROOT, "%.2f", value));
    }
    return String.format(
        Locale.ROOT,
        "{\"wave\":\"w%04d\",\"level\":[%s],\"shape\":\"%s\"}",
        index,
        String.join(",", values),
        shape);
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
