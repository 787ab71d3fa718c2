package io.hindsight.driver.engine;

/**
 * Prints the lines of {@code golden-hashes.properties} for some numbers of steps, as this Java
 * machine computes them.
 */
public final class GoldenHashMain {
  private GoldenHashMain() {}

  /** Takes numbers of steps. */
  public static void main(String[] steps) {
    for (GoldenCase golden : GoldenCase.values()) {
      for (String count : steps) {
        int number = Integer.parseInt(count);
        try (GradientEngine engine =
            new LocalEngine(golden.spec(), golden.plan(), GoldenCase.SEED, 2)) {
          String hash = GoldenRun.hash(golden, engine, number);
          System.out.println(GoldenHashes.key(golden, number) + "=" + hash);
        }
      }
    }
  }
}
