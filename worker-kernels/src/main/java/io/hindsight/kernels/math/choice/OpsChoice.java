package io.hindsight.kernels.math.choice;

import java.util.Optional;
import java.util.Set;

/**
 * Which implementation fits a JVM.
 *
 * @param reason why; of a refusal, what is wrong and what to do
 */
record OpsChoice(Kind kind, String reason) {
  private static final Set<String> WIDTHS = Set.of("512", "256", "128");
  private static final Set<String> X86 = Set.of("amd64", "x86_64");

  /** What comes of it. */
  enum Kind {
    SIMD,
    REFERENCE,
    REFUSED
  }

  /**
   * What decides, unless the user does.
   *
   * @param vectorApi whether the module is there
   * @param interpreted whether nothing is compiled, and vectors are objects
   * @param architecture as Java names it
   * @param preferredBits width of the vectors the processor prefers; 0 without the module
   */
  record Jvm(boolean vectorApi, boolean interpreted, String architecture, int preferredBits) {
    /** Java's vectors have a fused multiply-add from AVX2 on, and on every other architecture. */
    boolean lacksMultiplyAdd() {
      return X86.contains(architecture) && preferredBits < 256;
    }
  }

  /**
   * Chooses.
   *
   * @param asked value of {@link OpsProvider#PROPERTY}
   */
  static OpsChoice of(Optional<String> asked, Jvm machine) {
    if (asked.isPresent() && !asked.get().equals("0") && !WIDTHS.contains(asked.get())) {
      return new OpsChoice(
          Kind.REFUSED,
          "the system property %s must be 512, 256, 128 or 0, but is '%s'; leave it out for the processor's own width"
              .formatted(OpsProvider.PROPERTY, asked.get()));
    }
    if (asked.isPresent() && asked.get().equals("0")) {
      return reference("asked for by -D" + OpsProvider.PROPERTY + "=0");
    }
    if (!machine.vectorApi()) {
      return reference(
          "slow, because this Java has no Vector API; start it with --add-modules jdk.incubator.vector");
    }
    return asked.map(bits -> forced(bits, machine)).orElseGet(() -> fitting(machine));
  }

  private static OpsChoice forced(String bits, Jvm machine) {
    String reason = "asked for by -D" + OpsProvider.PROPERTY + "=" + bits;
    return simd(
        Integer.parseInt(bits) > machine.preferredBits()
            ? reason + "; slow, because the processor prefers " + machine.preferredBits() + " bits"
            : reason);
  }

  private static OpsChoice fitting(Jvm machine) {
    if (machine.interpreted()) {
      return reference("vectors are slow where Java runs interpreted");
    }
    if (machine.lacksMultiplyAdd()) {
      return reference("the processor's vectors have no fused multiply-add, which comes with AVX2");
    }
    if (machine.preferredBits() < 128) {
      return reference("the processor prefers " + machine.preferredBits() + " bits, too few");
    }
    return simd("the processor prefers vectors of " + machine.preferredBits() + " bits");
  }

  private static OpsChoice simd(String reason) {
    return new OpsChoice(Kind.SIMD, reason);
  }

  private static OpsChoice reference(String reason) {
    return new OpsChoice(Kind.REFERENCE, reason);
  }
}
