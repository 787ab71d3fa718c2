package io.hindsight.driver.lease;

import io.hindsight.fuzz.Parsing;

/** Claims on a run directory; none is refused, some are nobody's. */
public final class ClaimFuzz {
  private ClaimFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, ClaimFuzz::parse);
  }

  private static void parse(byte[] input) {
    Claim claim = Claim.read(7, input);
    claim.describe();
    claim.isOf(Claim.read(7, claim.toJson()));
  }
}
