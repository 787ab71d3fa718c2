package io.hindsight.driver.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.lease.Leases;
import io.hindsight.driver.model.ModelFolder;
import io.hindsight.driver.registry.RegistryException.Kind;
import io.hindsight.driver.storage.ObjectStoreFileSystem;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RegistryTest {
  private final String bucket = "bucket://" + UUID.randomUUID();
  private final Storage storage = Storage.of(bucket, ObjectStoreFileSystem::configuration);
  private Registries registries;
  private Registry registry;

  @BeforeEach
  void open() {
    registries = new Registries(storage, bucket);
    registry = registries.registry();
  }

  @Test
  void shouldServeTheChampionWithEverythingThatIsKnownOfIt() throws Exception {
    registries.promoteAll("first");

    Served served = Registry.open(registries.location() + "/", storage).champion();

    assertEquals(registries.model(1).weightsSha256(), served.model().weightsSha256());
    Version version = served.version();
    assertEquals(Registries.blessed(), version.blessing());
    assertEquals("f00d", version.data().fingerprint());
    assertEquals(served.model().parameters().values().length, version.parameters());
    Pointer pointer = served.pointer().orElseThrow();
    assertEquals(PointerKind.PROMOTED, pointer.kind());
    assertEquals("better", pointer.reason());
    assertEquals(ProcessHandle.current().pid(), pointer.author().process());
    assertEquals(Optional.empty(), pointer.previous());
    assertTrue(served.describe().startsWith("version first, the champion by entry 1 of 2"));
  }

  @Test
  void shouldTellTheChampionOfATime() throws Exception {
    refuses(Kind.UNUSABLE, "no registry", () -> registry.championAt(Instant.EPOCH));
    registries.promoteAll("a", "b", "c");
    for (Pointer entry : registry.history()) {
      assertEquals(entry, registry.championAt(entry.at()));
      assertEquals(Optional.of(entry), registry.stateAt(entry.at()));
    }
    assertEquals("c", registry.championAt(Instant.MAX).version());
    assertEquals("a", registry.championAt(Instant.EPOCH).version(), "the first");
    assertEquals(Optional.empty(), registry.stateAt(Instant.EPOCH));
  }

  @Test
  void shouldServeAnyVersionByItsName() throws Exception {
    registries.promoteAll("a", "b");
    assertEquals(
        registries.model(1).weightsSha256(), registry.version("a").model().weightsSha256());
    refuses(Kind.UNUSABLE, "no version 'c' in", () -> registry.version("c"));
    refuses(Kind.UNUSABLE, "no version '../a' in", () -> registry.version("../a"));
  }

  @Test
  void shouldSayThatThereIsNoRegistryOrNoChampion() throws Exception {
    assertFalse(registry.exists());
    refuses(Kind.UNUSABLE, "there is no registry at", registry::champion);
    refuses(Kind.UNUSABLE, "there is no registry at", () -> registry.write("test", m -> {}));
    try (RegistryWriter writer = registries.writer()) {
      registries.publish(writer, "a", 1);
      refuses(Kind.UNUSABLE, "has no champion; its versions are [a]", registry::champion);
      refuses(Kind.REFUSED, "no champion yet", () -> writer.rollback(Optional.empty(), ""));
      refuses(Kind.REFUSED, "no champion yet", () -> writer.pin(Optional.empty(), ""));
    }
  }

  @Test
  void shouldNotBeginARegistryAmongOtherFiles() throws Exception {
    storage.createDirectory(registries.location());
    storage.create(registries.location() + "/notes.txt", new byte[1]);
    refuses(Kind.REFUSED, "holds something else (notes.txt)", () -> registry.create("x", m -> {}));
  }

  @Test
  void shouldPromoteOnlyWhatIsBlessedUnlessItIsForcedWithAReason() throws Exception {
    ModelFolder model = registries.model(1);
    TrainingData data = TrainingData.of(model.description());
    try (RegistryWriter writer = registries.writer()) {
      writer.publish("a", model, Blessing.imported(), data);
      refuses(Kind.REFUSED, "'a' is not blessed (imported", () -> writer.promote("a", false, "x"));
      refuses(Kind.REFUSED, "needs a reason", () -> writer.promote("a", true, " "));
      assertEquals(PointerKind.FORCED, writer.promote("a", true, "the first").kind());
      assertEquals(1, writer.promote("a", false, "again").number(), "nothing is written");
    }
  }

  @Test
  void shouldKeepTheNameOfAVersionForOneModel() throws Exception {
    try (RegistryWriter writer = registries.writer()) {
      Version first = registries.publish(writer, "a", 1);
      assertEquals(first, registries.publish(writer, "a", 1));
      refuses(Kind.REFUSED, "holds another model", () -> registries.publish(writer, "a", 2));
      for (String id : List.of("", "../b", ".tmp-b", "b/c", "b c", "é", "b".repeat(65))) {
        refuses(Kind.REFUSED, "but is '" + id + "'", () -> registries.publish(writer, id, 2));
      }
    }
    assertEquals(List.of("a"), storage.list(registries.location() + "/versions"));
  }

  @Test
  void shouldGoBackStepByStepAndNeverToWhatWasTakenBack() throws Exception {
    registries.promoteAll("a", "b", "c");
    try (RegistryWriter writer = registries.writer()) {
      assertEquals("b", writer.rollback(Optional.empty(), "c is worse").version());
      assertEquals("a", writer.rollback(Optional.empty(), "b too").version());
      refuses(Kind.REFUSED, "no champion before 'a'", () -> writer.rollback(Optional.empty(), ""));
      registries.publish(writer, "d", 4);
      refuses(Kind.REFUSED, "never the champion", () -> writer.rollback(Optional.of("d"), ""));
      assertEquals("c", writer.rollback(Optional.of("c"), "c after all").version());
      assertEquals("a", writer.rollback(Optional.empty(), "no").version());
    }
    Pointer last = registry.history().get(0);
    assertEquals(PointerKind.ROLLBACK, last.kind());
    assertEquals(Optional.of("c"), last.previous());
    assertEquals("a", registry.champion().version().id());
  }

  @Test
  void shouldKeepAPinnedChampion() throws Exception {
    registries.promoteAll("a", "b");
    try (RegistryWriter writer = registries.writer()) {
      registries.publish(writer, "c", 3);
      assertTrue(writer.pin(Optional.empty(), "a release").isChampionPinned());
      refuses(Kind.REFUSED, "'b' is pinned", () -> writer.promote("c", false, ""));
      refuses(Kind.REFUSED, "'b' is pinned", () -> writer.rollback(Optional.empty(), ""));
      refuses(Kind.UNUSABLE, "no version 'x'", () -> writer.pin(Optional.of("x"), ""));
      assertEquals("b", registry.champion().version().id());
      writer.unpin(Optional.empty(), "");
      assertEquals("c", writer.promote("c", false, "").version());
    }
  }

  @Test
  void shouldPruneWhatIsNeitherNewNorNamedNorPinned() throws Exception {
    registries.promoteAll("a", "b", "c", "d", "e");
    try (RegistryWriter writer = registries.writer()) {
      writer.pin(Optional.of("b"), "to compare with");
      Retention retention = new Retention(1, 2);
      assertEquals(List.of("a", "c"), ids(retention.surplus(registry)));
      assertEquals(5, registry.list().size(), "nothing is deleted yet");
      assertEquals(List.of("a", "c"), ids(writer.prune(retention, "space")));
      assertEquals(List.of("e", "d", "b"), ids(registry.list()));
      assertEquals(List.of(), writer.prune(new Retention(1, 3), "again"));
      refuses(Kind.REFUSED, "'a' was pruned by entry 7", () -> registries.publish(writer, "a", 1));
      refuses(Kind.REFUSED, "'c' was pruned", () -> writer.rollback(Optional.of("c"), ""));
    }
    Pointer last = registry.state().orElseThrow();
    assertEquals(PointerKind.PRUNED, last.kind());
    assertEquals(List.of("a", "c"), last.subjects());
    assertEquals("e", registry.champion().version().id());
  }

  /** Its numbers have digits of their own. */
  @Test
  void shouldKnowWhatWasPrunedInAnyLocale() throws Exception {
    registries.promoteAll("a", "b", "c");
    Locale before = Locale.getDefault();
    try (RegistryWriter writer = registries.writer()) {
      Locale.setDefault(Locale.forLanguageTag("fa-IR"));
      assertEquals(List.of("a"), ids(writer.prune(new Retention(0, 1), "")));
    } finally {
      Locale.setDefault(before);
    }
    try (RegistryWriter writer = registries.writer()) {
      refuses(Kind.REFUSED, "'a' was pruned by entry 4", () -> registries.publish(writer, "a", 1));
    }
  }

  @Test
  void shouldKnowNoVersionByWhatIsNoName() throws Exception {
    registries.promoteAll("a");
    try (RegistryWriter writer = registries.writer()) {
      for (String name : List.of("a:b", "../../a", "é", "")) {
        refuses(Kind.UNUSABLE, "there is no version", () -> writer.promote(name, false, ""));
        refuses(Kind.UNUSABLE, "there is no version", () -> writer.pin(Optional.of(name), ""));
      }
    }
  }

  /** One that was killed, or found its number taken, before it came to its entry. */
  @Test
  void shouldNotCountAPruneThatWroteNoEntry() throws Exception {
    registries.promoteAll("a", "b");
    registry.pruned().announce(List.of("a", "b"), 2); // which promotes b
    registry.pruned().announce(List.of("a", "b"), 3);
    try (RegistryWriter writer = registries.writer()) {
      assertEquals("a", writer.promote("a", false, "").version()); // as entry 3
      assertEquals("b", writer.rollback(Optional.empty(), "").version());
      writer.pin(Optional.empty(), "");
      assertEquals(List.of("a"), ids(writer.prune(new Retention(0, 1), "")));
      refuses(Kind.REFUSED, "'a' was pruned by entry 6", () -> registries.publish(writer, "a", 1));
    }
  }

  /** Whoever is stopped between its question and its write finds the number taken. */
  @Test
  void shouldRefuseAWriterThatWasOvertakenWhateverItsLeaseSaid() throws Exception {
    registries.promoteAll("a", "b", "c");
    PointerLog stale = registry.log();
    PointerLog.End before = stale.end();
    try (RegistryWriter writer = registries.writer()) {
      writer.rollback(Optional.of("a"), "while the other stands still");
    }
    Pointer.Signature late =
        new Pointer.Signature(
            before.next(), before.newest().orElseThrow().at(), new Author("u", "h", 1), "late", 1);
    Pointer last = before.newest().orElseThrow();
    assertFalse(stale.append(last.next(PointerKind.PINNED, List.of("c"), List.of("c"), "", late)));
    assertEquals("a", registry.champion().version().id());
    assertEquals(4, registry.history().size());
  }

  @Test
  void shouldRefuseWhoeverHasLostTheLease() throws Exception {
    registries.promoteAll("a", "b", "c");
    try (RegistryWriter writer = registries.writer()) {
      Leases.takeAway(storage, registries.location(), 99);
      List<Executable> changes =
          List.of(
              () -> registries.publish(writer, "d", 4),
              () -> writer.rollback(Optional.empty(), ""),
              () -> writer.pin(Optional.empty(), ""),
              () -> writer.prune(new Retention(0, 1), ""));
      for (Executable change : changes) {
        LeaseException lost = assertThrows(LeaseException.class, change);
        assertTrue(lost.getMessage().contains("no longer holds"), lost.getMessage());
      }
    }
    assertEquals("c", registry.champion().version().id());
    assertEquals(3, registry.history().size());
    assertEquals(List.of("a", "b", "c"), storage.list(registries.location() + "/versions"));
  }

  static List<String> ids(List<Version> versions) {
    return versions.stream().map(Version::id).toList();
  }

  /** An action of a test. */
  interface Action {
    Object run() throws IOException;
  }

  static void refuses(Kind kind, String words, Action action) {
    RegistryException refusal = assertThrows(RegistryException.class, action::run);
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    assertEquals(kind, refusal.kind());
  }
}
