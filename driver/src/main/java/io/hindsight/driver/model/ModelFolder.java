package io.hindsight.driver.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.storage.Hashes;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.Storage.FileDigest;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * A model directory of which only the manifest and {@code model.json} have been read: what a model
 * is, without its weights.
 */
public final class ModelFolder {
  private final Storage storage;
  private final String location;
  private final byte[] manifestBytes;
  private final Manifest manifest;
  private final ModelDescription description;
  private final String weightsSha256;

  private ModelFolder(Storage storage, String location, byte[] manifestBytes) throws IOException {
    this.storage = storage;
    this.location = location;
    this.manifestBytes = manifestBytes;
    manifest = Manifest.parse(manifestBytes, location + "/" + Manifest.NAME);
    String where = location + "/" + ModelDescription.NAME;
    JsonNode json = Json.parse(read(ModelDescription.NAME), where);
    description = ModelDescription.parse(json, where);
    weightsSha256 = Json.text(json, "weights_sha256", where);
  }

  /**
   * Opens a model directory.
   *
   * @throws ModelException if it is none, or one of the two files is damaged
   */
  public static ModelFolder open(Storage storage, String location) throws IOException {
    if (!storage.exists(location)) {
      throw new ModelException(
          ModelException.Kind.NOT_FOUND, "there is no model directory " + location);
    }
    String manifest = location + "/" + Manifest.NAME;
    if (!storage.exists(manifest)) {
      throw new ModelException(
          ModelException.Kind.NO_MANIFEST,
          "%s has no %s: it is no model directory, or was never finished"
              .formatted(location, Manifest.NAME));
    }
    return new ModelFolder(storage, location, storage.read(manifest));
  }

  private byte[] read(String name) throws IOException {
    FileDigest expected = manifest.files().get(name);
    if (expected == null) {
      throw new ModelException(
          ModelException.Kind.MISSING_FILE,
          "%s/%s is not in the manifest".formatted(location, name));
    }
    byte[] bytes = storage.read(location + "/" + name);
    String sha256 = Hashes.hex(Hashes.newSha256().digest(bytes));
    requireSame(name, expected, new FileDigest(bytes.length, sha256));
    return bytes;
  }

  private void requireSame(String name, FileDigest expected, FileDigest actual) {
    if (!actual.equals(expected)) {
      throw new ModelException(
          ModelException.Kind.WRONG_HASH,
          "%s/%s must have %d bytes of SHA-256 %s, but has %d of %s"
              .formatted(
                  location,
                  name,
                  expected.length(),
                  expected.sha256(),
                  actual.length(),
                  actual.sha256()));
    }
  }

  /**
   * Copies the directory into a folder of one that is being written. Each file is read once and
   * written once, and what was read is verified.
   *
   * @param folder a bare name
   * @return what the copy's manifest came to, which holds the hashes of all the others
   * @throws ModelException if a file is not what the manifest says
   */
  public FileDigest copyTo(Storage.Staging staging, String folder) throws IOException {
    for (Map.Entry<String, FileDigest> file : manifest.files().entrySet()) {
      String source = location + "/" + file.getKey();
      FileDigest copied =
          staging.write(
              folder + "/" + file.getKey(),
              out -> {
                try (InputStream in = storage.open(source)) {
                  in.transferTo(out);
                }
              });
      requireSame(file.getKey(), file.getValue(), copied);
    }
    return staging.write(folder + "/" + Manifest.NAME, out -> out.write(manifestBytes));
  }

  /** The SHA-256 of the manifest: two directories with the same are the same to the bit. */
  public String manifestSha256() {
    return Hashes.hex(Hashes.newSha256().digest(manifestBytes));
  }

  /** Everything but the weights. */
  public ModelDescription description() {
    return description;
  }

  /** The network's shape. */
  public NetworkSpec network() {
    return description.network();
  }

  /** The {@link WeightsHash} that {@code model.json} records. */
  public String weightsSha256() {
    return weightsSha256;
  }

  /** Bytes of all files. */
  public long bytes() {
    return manifestBytes.length
        + manifest.files().values().stream().mapToLong(FileDigest::length).sum();
  }
}
