package io.hindsight.driver.model;

import io.hindsight.driver.model.ModelException.Kind;
import io.hindsight.driver.storage.Hashes;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.Storage.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.ChecksumException;

/** A verified directory: every file is there, as long and with the hash the manifest says. */
final class ImmutableDirectory {
  private final Storage storage;
  private final String location;
  private final Manifest manifest;

  private ImmutableDirectory(Storage storage, String location, Manifest manifest) {
    this.storage = storage;
    this.location = location;
    this.manifest = manifest;
  }

  /**
   * Writes the files, then the manifest, then makes the directory appear.
   *
   * @throws ModelException if a complete directory is there already
   */
  static void write(Storage storage, String location, SortedMap<String, FileContent> files)
      throws IOException {
    try {
      storage.publish(
          location,
          staging -> {
            SortedMap<String, Storage.FileDigest> entries = new TreeMap<>();
            for (Map.Entry<String, FileContent> file : files.entrySet()) {
              entries.put(file.getKey(), staging.write(file.getKey(), file.getValue()));
            }
            return new Manifest(entries).toJson();
          });
    } catch (FileAlreadyExistsException e) {
      throw new ModelException(Kind.EXISTS, location + " exists already and is never overwritten");
    }
  }

  /**
   * Opens a directory and reads every file once to verify it.
   *
   * @throws ModelException if it is not what its manifest says, or has none
   */
  static ImmutableDirectory open(Storage storage, String location) throws IOException {
    if (!storage.exists(location)) {
      throw new ModelException(Kind.NOT_FOUND, "there is no model directory " + location);
    }
    SortedSet<String> present = new TreeSet<>(storage.list(location));
    if (!present.remove(Manifest.NAME)) {
      throw new ModelException(
          Kind.NO_MANIFEST,
          "%s has no %s: it is no model directory, or was never finished"
              .formatted(location, Manifest.NAME));
    }
    Manifest manifest =
        Manifest.parse(
            storage.read(location + "/" + Manifest.NAME), location + "/" + Manifest.NAME);
    ImmutableDirectory directory = new ImmutableDirectory(storage, location, manifest);
    directory.requireSameNames(present);
    for (Map.Entry<String, Storage.FileDigest> file : manifest.files().entrySet()) {
      directory.verify(file.getKey(), file.getValue());
    }
    return directory;
  }

  private void requireSameNames(SortedSet<String> present) {
    for (String name : manifest.files().keySet()) {
      if (!present.remove(name)) {
        throw new ModelException(
            Kind.MISSING_FILE, "%s is missing, but the manifest names it".formatted(where(name)));
      }
    }
    if (!present.isEmpty()) {
      throw new ModelException(
          Kind.EXTRA_FILE, "%s is not in the manifest".formatted(where(present.first())));
    }
  }

  private void verify(String name, Storage.FileDigest expected) throws IOException {
    long length = storage.length(where(name));
    if (length != expected.length()) {
      throw new ModelException(
          Kind.WRONG_LENGTH,
          "%s must have %d bytes, but has %d".formatted(where(name), expected.length(), length));
    }
    String sha256 = sha256(name);
    if (!sha256.equals(expected.sha256())) {
      throw new ModelException(
          Kind.WRONG_HASH,
          "%s must have the SHA-256 %s, but has %s"
              .formatted(where(name), expected.sha256(), sha256));
    }
  }

  private String sha256(String name) throws IOException {
    MessageDigest digest = Hashes.newSha256();
    try (InputStream in = new DigestInputStream(storage.open(where(name)), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (ChecksumException e) {
      throw new ModelException(
          Kind.CORRUPT, "%s cannot be read: %s".formatted(where(name), e.getMessage()));
    }
    return Hashes.hex(digest.digest());
  }

  boolean has(String name) {
    return manifest.files().containsKey(name);
  }

  /** The path of a file, for errors. */
  String where(String name) {
    return location + "/" + name;
  }

  /** A file's whole content. */
  byte[] bytes(String name) throws IOException {
    requireFile(name);
    return storage.read(where(name));
  }

  /** A file's tensors. */
  Safetensors.Contents tensors(String name) throws IOException {
    requireFile(name);
    try (InputStream in = storage.open(where(name))) {
      return Safetensors.read(in, manifest.files().get(name).length(), where(name));
    }
  }

  private void requireFile(String name) {
    if (!has(name)) {
      throw new ModelException(
          Kind.MISSING_FILE,
          "%s is not in the manifest; the directory holds something else: %s"
              .formatted(where(name), manifest.files().keySet()));
    }
  }
}
