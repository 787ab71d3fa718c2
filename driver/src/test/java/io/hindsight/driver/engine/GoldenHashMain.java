package io.hindsight.driver.engine;

import io.hindsight.kernels.math.choice.OpsProvider;

/**
 * Prints the implementation of the kernels that this Java machine chooses, then the lines of {@code
 * golden-hashes.properties} for some numbers of steps, as it computes them.
 */
public final class GoldenHashMain {
  private GoldenHashMain() {}

  /** Takes numbers of steps. */
  public static void main(String[] steps) {
    System.out.println("kernels=" + OpsProvider.get().name());
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
