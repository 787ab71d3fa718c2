package io.hindsight.driver.model;

import io.hindsight.driver.storage.Hashes;
import io.hindsight.kernels.network.Parameters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/**
 * The proof of a run: SHA-256 over the raw IEEE bits of all parameters, little-endian, in the order
 * of the layout. Two runs with the same hash have the same weights to the last bit.
 */
public final class WeightsHash {
  private static final int CHUNK = 1024; // doubles

  private WeightsHash() {}

  /** 64 lower-case hexadecimal digits. */
  public static String of(Parameters parameters) {
    return of(parameters.values());
  }

  /**
   * The hash of any array.
   *
   * @param values (P)
   */
  public static String of(double[] values) {
    MessageDigest sha = Hashes.newSha256();
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      bytes.asDoubleBuffer().put(values, from, count);
      sha.update(bytes.array(), 0, count * Double.BYTES);
    }
    return Hashes.hex(sha.digest());
  }
}
