package io.hindsight.driver.registry;

import io.hindsight.driver.lease.Lease;
import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.model.ModelFolder;
import io.hindsight.driver.registry.PointerLog.End;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The right to change a registry. Before every change the lease is asked whether it still holds;
 * the champion is changed by an entry whose number was chosen before that, so if another owner has
 * written since, this one is refused whatever it was told.
 *
 * <p>Every method throws {@link LeaseException} if the lease is lost, and {@link RegistryException}
 * if a rule is against it, or the registry is damaged.
 */
public final class RegistryWriter implements AutoCloseable {
  private final Registry registry;
  private final VersionStore versions;
  private final PointerLog pointers;
  private final PrunedNames pruned;
  private final Lease lease;
  private final String command;

  RegistryWriter(Registry registry, Lease lease, String command) {
    this.registry = registry;
    this.lease = lease;
    this.command = command;
    versions = registry.versions();
    pointers = registry.log();
    pruned = registry.pruned();
  }

  /** The newest entry of the log; empty before the first promotion. */
  public Optional<Pointer> state() throws IOException {
    return pointers.newest();
  }

  /** Something done under the lease. */
  private interface Action<T> {
    T run() throws IOException;
  }

  /** If the lease was lost meanwhile, that explains whatever else went wrong. */
  private <T> T fenced(Action<T> action) throws IOException {
    try {
      return action.run();
    } catch (LeaseException lost) {
      throw lost;
    } catch (IOException | RuntimeException failure) {
      try {
        lease.require();
      } catch (LeaseException lost) {
        lost.addSuppressed(failure);
        throw lost;
      }
      throw failure;
    }
  }

  /**
   * Copies a model into the registry as a version, which appears whole. A version of this name that
   * holds the same model is left as it is.
   *
   * @param id the version's name: letters, digits, dots, dashes, underscores, 64 at most
   * @param model where it lies, in any storage
   */
  public Version publish(String id, ModelFolder model, Blessing blessing, TrainingData data)
      throws IOException {
    return publish(id, model, blessing, data, Optional.empty());
  }

  /**
   * As the other.
   *
   * @param report a page about it, for people
   */
  public Version publish(
      String id, ModelFolder model, Blessing blessing, TrainingData data, Optional<byte[]> report)
      throws IOException {
    return fenced(
        () -> {
          Rules.requireName(id);
          pruned.requireNot(id);
          if (versions.exists(id)) {
            return versions.requireSame(id, model);
          }
          versions.publish(id, model, blessing, data, report, lease.number());
          return versions.describe(id);
        });
  }

  /**
   * Makes a version the champion, after its model was loaded once to see that it can be. If it is
   * the champion already, nothing is written.
   *
   * @param force although no gate has blessed it, or the champion is pinned; needs a reason
   * @return the entry by which it is the champion
   */
  public Pointer promote(String id, boolean force, String reason) throws IOException {
    return fenced(
        () -> {
          End end = pointers.end();
          if (isChampion(id, end)) {
            return end.newest().get();
          }
          pruned.requireNot(id);
          Version version = versions.describe(id);
          if (force) {
            Rules.requireReason(reason);
          } else {
            Rules.requireMayBePromoted(version, end.newest());
          }
          versions.load(version);
          PointerKind kind = force ? PointerKind.FORCED : PointerKind.PROMOTED;
          return append(end, kind, version, reason);
        });
  }

  /**
   * Makes a former champion the champion again. If it is the champion, nothing is written.
   *
   * @param to which one; if absent, the one that the present champion replaced
   * @return the entry by which it is the champion
   */
  public Pointer rollback(Optional<String> to, String reason) throws IOException {
    return fenced(
        () -> {
          End end = pointers.end();
          Pointer now = Rules.requireChampion(end.newest(), registry.location());
          List<Pointer> log = pointers.upTo(end.newest());
          String id = to.isPresent() ? to.get() : Rules.predecessor(log);
          if (isChampion(id, end)) {
            return now;
          }
          Rules.requireFormerChampion(id, log);
          Rules.requireNotPinned(end.newest(), "unpin it first");
          pruned.requireNot(id);
          Version version = versions.describe(id);
          versions.load(version);
          return append(end, PointerKind.ROLLBACK, version, reason);
        });
  }

  private static boolean isChampion(String id, End end) {
    return end.newest().filter(now -> now.version().equals(id)).isPresent();
  }

  /**
   * Keeps a version from being pruned and, as long as it is the champion, from being replaced.
   *
   * @param id if absent, the champion
   */
  public Pointer pin(Optional<String> id, String reason) throws IOException {
    return changePins(PointerKind.PINNED, id, reason);
  }

  /**
   * Takes a pin back.
   *
   * @param id if absent, the champion
   */
  public Pointer unpin(Optional<String> id, String reason) throws IOException {
    return changePins(PointerKind.UNPINNED, id, reason);
  }

  private Pointer changePins(PointerKind kind, Optional<String> asked, String reason)
      throws IOException {
    return fenced(
        () -> {
          End end = pointers.end();
          Pointer now = Rules.requireChampion(end.newest(), registry.location());
          String id = asked.orElse(now.version());
          boolean pins = kind == PointerKind.PINNED;
          if (now.pinned().contains(id) == pins) {
            return now;
          }
          List<String> pinned = new ArrayList<>(now.pinned());
          if (pins) {
            pruned.requireNot(id);
            pinned.add(versions.describe(id).id());
          } else {
            pinned.remove(id);
          }
          return append(now.next(kind, pinned, List.of(id), reason, signature(end)));
        });
  }

  /**
   * Deletes versions, once an entry of the log has told so: whoever has lost the lease and is about
   * to promote one of them is refused then.
   *
   * @return the versions that were deleted
   */
  public List<Version> prune(Retention retention, String reason) throws IOException {
    return fenced(
        () -> {
          End end = pointers.end();
          Pointer now = Rules.requireChampion(end.newest(), registry.location());
          List<Version> surplus = retention.surplus(registry.list(), pointers.upTo(end.newest()));
          if (surplus.isEmpty()) {
            return surplus;
          }
          List<String> ids = surplus.stream().map(Version::id).toList();
          pruned.announce(ids, end.next());
          append(now.next(PointerKind.PRUNED, now.pinned(), ids, reason, signature(end)));
          for (String id : ids) {
            versions.delete(id);
          }
          return surplus;
        });
  }

  private Pointer append(End end, PointerKind kind, Version version, String reason)
      throws IOException {
    Pointer.Signature signature = signature(end);
    return append(
        end.newest()
            .map(now -> now.next(kind, version, reason, signature))
            .orElseGet(() -> Pointer.first(kind, version, reason, signature)));
  }

  private Pointer append(Pointer next) throws IOException {
    if (pointers.append(next)) {
      return next;
    }
    lease.require();
    throw RegistryException.overtaken(
        "entry %d of the registry %s was written by another process in the meantime; look at history and try again"
            .formatted(next.number(), registry.location()));
  }

  private Pointer.Signature signature(End end) {
    return new Pointer.Signature(
        end.next(),
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        Author.of(lease.holder()),
        command,
        lease.number());
  }

  /** Gives the right up. */
  @Override
  public void close() {
    lease.close();
  }
}
