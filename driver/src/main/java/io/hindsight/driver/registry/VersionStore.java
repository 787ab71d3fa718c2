package io.hindsight.driver.registry;

import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.model.ModelFolder;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.model.StoredModel;
import io.hindsight.driver.storage.Hashes;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.Storage.FileDigest;
import io.hindsight.kernels.network.ParameterLayout;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The versions of a registry, which appear whole and are never changed.
 *
 * <pre>
 * versions/ID/
 *   model/          a model directory
 *   blessing.json   what the gates said
 *   data.json       what it was trained on
 *   report.html     for people; absent where a model was published by hand
 *   MANIFEST.json   written last
 * </pre>
 */
final class VersionStore {
  private static final String REPORT = "report.html";
  private static final String REMEDY =
      "copy the version again from a backup, or make another the champion with rollback or promote";

  private final Storage storage;
  private final String directory;

  VersionStore(Storage storage, String directory) {
    this.storage = storage;
    this.directory = directory;
  }

  String location(String id) {
    return directory + "/" + id;
  }

  /** The names of the versions that are complete, sorted. */
  List<String> ids() throws IOException {
    List<String> ids = new ArrayList<>();
    for (String name : storage.list(directory)) {
      if (Fields.isId(name) && exists(name)) {
        ids.add(name);
      }
    }
    return ids;
  }

  /** Whether a version is there, complete. */
  boolean exists(String id) throws IOException {
    return Fields.isId(id) && storage.exists(manifest(id));
  }

  private String manifest(String id) {
    return location(id) + "/" + VersionManifest.NAME;
  }

  /**
   * Reads and verifies everything of a version but its weights.
   *
   * @throws RegistryException if it is not there, or damaged
   */
  Version describe(String id) throws IOException {
    if (!exists(id)) {
      throw RegistryException.unusable(
          "there is no version '%s' in %s; there are %s".formatted(id, directory, ids()));
    }
    try {
      byte[] bytes = storage.read(manifest(id));
      VersionManifest manifest = VersionManifest.parse(bytes, manifest(id));
      if (!manifest.version().equals(id)) {
        throw new ModelException(
            ModelException.Kind.CORRUPT,
            "%s must be of version '%s', but is of '%s'"
                .formatted(manifest(id), id, manifest.version()));
      }
      return version(manifest, Hashes.hex(Hashes.newSha256().digest(bytes)));
    } catch (ModelException damage) {
      throw RegistryException.damaged(damage, REMEDY);
    }
  }

  private Version version(VersionManifest manifest, String sha256) throws IOException {
    String location = location(manifest.version());
    SortedMap<String, byte[]> contents = new TreeMap<>();
    for (Map.Entry<String, FileDigest> file : manifest.files().entrySet()) {
      contents.put(file.getKey(), verified(location + "/" + file.getKey(), file.getValue()));
    }
    return new Version(
        manifest.version(),
        location,
        sha256,
        manifest.published(),
        manifest.lease(),
        manifest.weightsSha256(),
        manifest.parameters(),
        manifest.bytes(),
        Blessing.parse(contents.get(Blessing.FILE), location + "/" + Blessing.FILE),
        TrainingData.parse(contents.get(TrainingData.NAME), location + "/" + TrainingData.NAME));
  }

  private byte[] verified(String file, FileDigest expected) throws IOException {
    if (!storage.exists(file)) {
      throw new ModelException(
          ModelException.Kind.MISSING_FILE, file + " is missing, but the manifest names it");
    }
    byte[] bytes = storage.read(file);
    String sha256 = Hashes.hex(Hashes.newSha256().digest(bytes));
    if (!new FileDigest(bytes.length, sha256).equals(expected)) {
      throw new ModelException(
          ModelException.Kind.WRONG_HASH,
          "%s must have the SHA-256 %s, but has %s".formatted(file, expected.sha256(), sha256));
    }
    return bytes;
  }

  /**
   * Reads and verifies a version's model.
   *
   * @throws RegistryException if it is damaged, or not that of the version
   */
  StoredModel load(Version version) throws IOException {
    try {
      StoredModel model = new ModelStore(storage).load(version.model());
      if (!model.weightsSha256().equals(version.weightsSha256())) {
        throw new ModelException(
            ModelException.Kind.WRONG_HASH,
            "%s must hold weights of SHA-256 %s, but holds %s"
                .formatted(version.model(), version.weightsSha256(), model.weightsSha256()));
      }
      return model;
    } catch (ModelException damage) {
      throw RegistryException.damaged(damage, REMEDY);
    }
  }

  /**
   * A version that is there already.
   *
   * @throws RegistryException if it holds another model than the given one
   */
  Version requireSame(String id, ModelFolder model) throws IOException {
    Version there = describe(id);
    String manifest = ModelFolder.open(storage, there.model()).manifestSha256();
    if (!manifest.equals(model.manifestSha256())) {
      throw RegistryException.refused(
          "version '%s' is there already and holds another model, of weights %s; choose another name"
              .formatted(id, there.weightsSha256()));
    }
    return there;
  }

  /**
   * Writes a version; what a killed writer has left of it is deleted before.
   *
   * @param report a page about it; absent if there is none
   * @param lease the fencing number
   */
  void publish(
      String id,
      ModelFolder model,
      Blessing blessing,
      TrainingData data,
      Optional<byte[]> report,
      long lease)
      throws IOException {
    storage.deleteTemporaries(directory);
    deleteIncomplete(id);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    storage.publish(
        location(id),
        staging -> {
          SortedMap<String, FileDigest> files = new TreeMap<>();
          files.put(VersionManifest.MODEL_MANIFEST, model.copyTo(staging, VersionManifest.MODEL));
          byte[] blessingJson = blessing.toJson();
          files.put(Blessing.FILE, staging.write(Blessing.FILE, out -> out.write(blessingJson)));
          byte[] dataJson = data.toJson();
          files.put(
              TrainingData.NAME, staging.write(TrainingData.NAME, out -> out.write(dataJson)));
          if (report.isPresent()) {
            files.put(REPORT, staging.write(REPORT, out -> out.write(report.get())));
          }
          return new VersionManifest(
                  id,
                  now,
                  lease,
                  model.weightsSha256(),
                  new ParameterLayout(model.network()).size(),
                  model.bytes(),
                  files)
              .toJson();
        });
  }

  private void deleteIncomplete(String id) throws IOException {
    if (storage.exists(location(id)) && !exists(id)) {
      storage.delete(location(id));
    }
  }

  /** Deletes a version, and its manifest first, so that no part of it is taken for one. */
  void delete(String id) throws IOException {
    storage.delete(location(id));
  }
}
