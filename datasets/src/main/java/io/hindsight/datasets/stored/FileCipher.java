package io.hindsight.datasets.stored;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts one file of this process, from any place: AES in counter mode, by a key that is made for
 * the file, never leaves the heap, and is gone with the process. A block of the file is combined
 * with the encryption of its number, so no two are alike, and none depends on another.
 */
final class FileCipher {
  private static final int KEY = 32; // bytes
  private static final int BLOCK = 16; // bytes

  /** To make one takes longer than to encrypt the bytes of a small read. */
  private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(FileCipher::create);

  private final SecretKey key;

  private FileCipher(SecretKey key) {
    this.key = key;
  }

  /** With a new key. */
  static FileCipher random() {
    byte[] bytes = new byte[KEY];
    new SecureRandom().nextBytes(bytes);
    return new FileCipher(new SecretKeySpec(bytes, "AES"));
  }

  /**
   * Encrypts what is plain, and makes plain what is encrypted.
   *
   * @param place of the first byte in the file
   */
  void apply(long place, byte[] bytes, int offset, int length) {
    try {
      ByteBuffer counter = ByteBuffer.allocate(BLOCK);
      counter.putLong(BLOCK - Long.BYTES, place / BLOCK);
      Cipher cipher = CIPHERS.get();
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter.array()));
      cipher.update(new byte[(int) (place % BLOCK)]); // what of the block is before the place
      int done = cipher.doFinal(bytes, offset, length, bytes, offset);
      if (done != length) {
        throw new IllegalStateException("encrypted %d of %d bytes".formatted(done, length));
      }
    } catch (GeneralSecurityException noSuchKey) {
      throw unable(noSuchKey);
    }
  }

  private static Cipher create() {
    try {
      return Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException noSuchCipher) {
      throw unable(noSuchCipher);
    }
  }

  private static IllegalStateException unable(GeneralSecurityException reason) {
    return new IllegalStateException(
        "this Java cannot encrypt local files: " + reason.getMessage(), reason);
  }
}
