package io.hindsight.submit;

import io.hindsight.kernels.math.choice.OpsProvider;

/** Says which kernels a Java of its own chooses, and why; that of the tests was told which. */
final class KernelMain {
  private KernelMain() {}

  public static void main(String[] args) {
    System.out.println(OpsProvider.get().name());
    System.out.println(OpsProvider.reason());
  }
}
