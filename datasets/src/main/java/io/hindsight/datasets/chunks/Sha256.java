package io.hindsight.datasets.chunks;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which tells files and sources apart. */
final class Sha256 {
  private Sha256() {}

  /** That of some bytes, in 64 hexadecimal digits. */
  static String of(byte[] bytes) {
    return hex(digest().digest(bytes));
  }

  /** A hash of nothing yet. */
  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
