package io.hindsight.driver.registry;

import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.lease.Lease;
import io.hindsight.driver.storage.FencedStorage;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Versions of a model, and which of them is the champion, on any storage.
 *
 * <pre>
 * versions/ID/            never changed: model/, blessing.json, data.json, MANIFEST.json
 * pointer/NNNNNNNN.json   created only if there is none; the highest names the champion
 * pruned/ID/NNNNNNNN      that an entry prunes a version
 * lease/                  who may write
 * runs/KEY/               a retraining: status.json, what it decided, and the run directory
 * metrics.prom            figures of retrainings for an alert
 * </pre>
 *
 * <p>Reading needs no lease and no Spark: a reader sees the champion before a change or the one
 * after it, whole. One process at a time writes, with {@link #write}. One that lost the lease
 * without knowing is refused as it changes the champion: the number that it would write is taken by
 * then, or asks the lease.
 */
public final class Registry {
  private static final int ATTEMPTS = 5;

  /** What there may be before the first version: leases, unfinished retrainings, their figures. */
  private static final Set<String> OWN = Set.of("lease", "runs", "metrics.prom");

  private final Storage storage;
  private final String location;

  private Registry(Storage storage, String location) {
    this.storage = storage;
    this.location = location;
  }

  /**
   * A registry, which need not be there yet; nothing is read or written.
   *
   * @param location a path of this machine, or a URI: {@code file:} or any scheme of Hadoop
   */
  public static Registry open(String location) {
    return open(location, Storage.of(location, HadoopSettings::configuration));
  }

  /** A registry in a given storage. */
  public static Registry open(String location, Storage storage) {
    String trimmed = location.length() > 1 ? location.replaceFirst("(?<![/:])/+$", "") : location;
    return new Registry(storage, trimmed);
  }

  /** The directory. */
  public String location() {
    return location;
  }

  /** What holds it. */
  public Storage storage() {
    return storage;
  }

  /** Whether there is a registry, with or without versions. */
  public boolean exists() throws IOException {
    List<String> names = storage.list(location);
    return !names.contains(Storage.COMMIT)
        && (names.contains("versions") || names.contains("pointer"));
  }

  /**
   * The champion's model, verified. If it is deleted while it is read, as can be after two changes
   * of the champion, the new one is read.
   *
   * @throws RegistryException if there is no registry or no champion, or it is damaged
   */
  public Served champion() throws IOException {
    for (int attempt = 1; ; attempt++) {
      Pointer pointer = requireState();
      try {
        Version version = describe(pointer);
        return new Served(version, versions().load(version), Optional.of(pointer));
      } catch (RegistryException | IOException failure) {
        if (attempt == ATTEMPTS || pointer.equals(requireState())) {
          throw failure;
        }
      }
    }
  }

  /**
   * A version's model, verified.
   *
   * @throws RegistryException if it is not there, or damaged
   */
  public Served version(String id) throws IOException {
    requireRegistry();
    Version version = versions().describe(id);
    return new Served(version, versions().load(version), Optional.empty());
  }

  /**
   * Everything of a version but its weights.
   *
   * @throws RegistryException if it is not there, or damaged
   */
  public Version describe(String id) throws IOException {
    requireRegistry();
    return versions().describe(id);
  }

  /**
   * Everything of the champion of an entry but its weights.
   *
   * @throws RegistryException if it is not there, or is not what the entry says
   */
  public Version describe(Pointer pointer) throws IOException {
    Version version = versions().describe(pointer.version());
    if (!version.manifestSha256().equals(pointer.manifestSha256())) {
      throw RegistryException.unusable(
          "%s/MANIFEST.json must have the SHA-256 %s, as the log says, but has %s; make another version the champion with rollback"
              .formatted(version.location(), pointer.manifestSha256(), version.manifestSha256()));
    }
    return version;
  }

  /**
   * The newest entry of the log; empty before the first promotion.
   *
   * @throws RegistryException if there is no registry, or the entry is damaged
   */
  public Optional<Pointer> state() throws IOException {
    requireRegistry();
    return log().newest();
  }

  private Pointer requireState() throws IOException {
    Optional<Pointer> state = state();
    if (state.isEmpty()) {
      throw RegistryException.unusable(
          "the registry %s has no champion; its versions are %s: make one the champion with promote"
              .formatted(location, versions().ids()));
    }
    return state.get();
  }

  /** The entry that counted at a time, by the clocks of those who wrote; empty before the first. */
  public Optional<Pointer> stateAt(Instant time) throws IOException {
    requireRegistry();
    return log().newest(entry -> !entry.at().isAfter(time));
  }

  /**
   * The entry whose version was champion at a time, by the clocks of those who wrote; before the
   * first, that one.
   *
   * @throws RegistryException if there is no registry or no champion
   */
  public Pointer championAt(Instant time) throws IOException {
    requireState();
    Optional<Pointer> then = stateAt(time);
    List<Pointer> all = then.isPresent() ? List.of(then.get()) : history();
    return all.get(all.size() - 1);
  }

  /** Every entry of the log that counts, the newest first; weights are not read. */
  public List<Pointer> history() throws IOException {
    requireRegistry();
    return log().all();
  }

  /** Every version, the newest first; weights are not read. */
  public List<Version> list() throws IOException {
    requireRegistry();
    List<Version> versions = new ArrayList<>();
    for (String id : versions().ids()) {
      try {
        versions.add(versions().describe(id));
      } catch (RegistryException | IOException failure) {
        if (versions().exists(id)) {
          throw failure; // otherwise it was deleted meanwhile
        }
      }
    }
    versions.sort(Version.OLDEST_FIRST.reversed());
    return versions;
  }

  /** Who holds the right to write, for people; empty if nobody does. */
  public Optional<String> writer() throws IOException {
    return Lease.heldBy(storage, lease());
  }

  /**
   * Takes the right to write, of one process at a time.
   *
   * @param command what this process does, for people; no secrets
   * @param pause between two looks at another's lease
   * @throws RegistryException if there is no registry
   * @throws io.hindsight.driver.lease.LeaseException if another process has it
   */
  public RegistryWriter write(String command, Lease.Pause pause) throws IOException {
    requireRegistry();
    return take(command, pause);
  }

  /**
   * As {@link #write}, of a registry that need not be there yet.
   *
   * @throws RegistryException if there is something else
   */
  public RegistryWriter create(String command, Lease.Pause pause) throws IOException {
    requirePossible();
    return take(command, pause);
  }

  /**
   * Makes the folder of its versions, by which it is a registry from then on.
   *
   * @throws RegistryException if there is something else
   */
  public void begin() throws IOException {
    requirePossible();
    storage.createDirectory(location + "/versions");
  }

  /**
   * Refuses a location that holds something else than a registry, or the beginnings of one.
   *
   * @throws RegistryException if it does
   */
  private void requirePossible() throws IOException {
    Optional<String> foreign =
        exists()
            ? Optional.empty()
            : storage.list(location).stream().filter(name -> !OWN.contains(name)).findFirst();
    if (foreign.isPresent()) {
      throw RegistryException.refused(
          "%s holds something else (%s); name an empty directory, or a registry"
              .formatted(location, foreign.get()));
    }
  }

  private RegistryWriter take(String command, Lease.Pause pause) throws IOException {
    storage.createDirectory(location);
    Lease lease =
        Lease.acquire(
            storage, lease(), new Lease.Request("the registry " + location, command, pause));
    Registry behind = new Registry(new FencedStorage(storage, lease), location);
    return new RegistryWriter(behind, lease, command);
  }

  private void requireRegistry() throws IOException {
    if (!exists()) {
      throw RegistryException.unusable(
          "there is no registry at %s; check the path, or begin one with publish"
              .formatted(location));
    }
  }

  PointerLog log() {
    return new PointerLog(storage, location + "/pointer");
  }

  PrunedNames pruned() {
    return new PrunedNames(storage, location + "/pruned", log());
  }

  VersionStore versions() {
    return new VersionStore(storage, location + "/versions");
  }

  private String lease() {
    return location + "/lease";
  }
}
