package io.hindsight.driver.model;

import io.hindsight.driver.model.ModelException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A verified directory: every file is there, as long and with the hash the manifest says. */
final class ImmutableDirectory {
  /** The content of one file. */
  interface FileContent {
    void writeTo(OutputStream out) throws IOException;
  }

  private final DirectoryStorage storage;
  private final String location;
  private final Manifest manifest;

  private ImmutableDirectory(DirectoryStorage storage, String location, Manifest manifest) {
    this.storage = storage;
    this.location = location;
    this.manifest = manifest;
  }

  /** Writes the files, then the manifest, then makes the directory appear. */
  static void write(DirectoryStorage storage, String location, SortedMap<String, FileContent> files)
      throws IOException {
    storage.publish(
        location,
        staging -> {
          SortedMap<String, Manifest.Entry> entries = new TreeMap<>();
          for (Map.Entry<String, FileContent> file : files.entrySet()) {
            try (MeasuredOutput out = new MeasuredOutput(staging.create(file.getKey()))) {
              file.getValue().writeTo(out);
              entries.put(file.getKey(), new Manifest.Entry(out.length(), out.sha256()));
            }
          }
          try (OutputStream out = staging.create(Manifest.NAME)) {
            out.write(new Manifest(entries).toJson());
          }
        });
  }

  /**
   * Opens a directory and reads every file once to verify it.
   *
   * @throws ModelException if it is not what its manifest says, or has none
   */
  static ImmutableDirectory open(DirectoryStorage storage, String location) throws IOException {
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
        Manifest.parse(readAll(storage, location, Manifest.NAME), location + "/" + Manifest.NAME);
    ImmutableDirectory directory = new ImmutableDirectory(storage, location, manifest);
    directory.requireSameNames(present);
    for (Map.Entry<String, Manifest.Entry> file : manifest.files().entrySet()) {
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

  private void verify(String name, Manifest.Entry expected) throws IOException {
    long length = storage.length(location, name);
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
    try (InputStream in = new DigestInputStream(storage.open(location, name), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
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
    return readAll(storage, location, name);
  }

  /** A file's tensors. */
  Safetensors.Contents tensors(String name) throws IOException {
    requireFile(name);
    try (InputStream in = storage.open(location, name)) {
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

  private static byte[] readAll(DirectoryStorage storage, String location, String name)
      throws IOException {
    try (InputStream in = storage.open(location, name)) {
      return in.readAllBytes();
    }
  }
}
