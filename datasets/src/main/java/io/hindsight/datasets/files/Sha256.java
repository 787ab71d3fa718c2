package io.hindsight.datasets.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which tells files, sources and encoded data apart. */
public final class Sha256 {
  private Sha256() {}

  /** That of some bytes, in 64 hexadecimal digits. */
  public static String of(byte[] bytes) {
    return hex(digest().digest(bytes));
  }

  /** A hash of nothing yet. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A hash in hexadecimal digits, two of each byte. */
  public static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
