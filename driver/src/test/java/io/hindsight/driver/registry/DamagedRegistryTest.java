package io.hindsight.driver.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.registry.RegistryException.Kind;
import io.hindsight.driver.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a registry that are not what they were written as. */
class DamagedRegistryTest {
  @TempDir private Path folder;
  private Registries registries;
  private Registry registry;
  private Path root;

  @BeforeEach
  void fill() throws IOException {
    registries = new Registries(new LocalStorage(), folder.toString());
    registry = registries.registry();
    root = folder.resolve("registry");
    registries.promoteAll("a", "b");
  }

  /** One that was killed as it wrote an entry has changed nothing. */
  @Test
  void shouldPassOverAnEntryThatIsNotWhole() throws Exception {
    byte[] whole = Files.readAllBytes(root.resolve("pointer/00000002.json"));
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(root.resolve("pointer/00000002.json"), Arrays.copyOf(whole, length));
      assertEquals("a", registry.champion().version().id(), "of " + length + " bytes");
    }
    try (RegistryWriter writer = registries.writer()) {
      assertEquals(3, writer.promote("b", false, "again").number());
    }
    assertEquals(2, registry.history().size());
    Files.write(root.resolve("pointer/00000002.json"), whole);
    assertEquals(2, registry.history().size(), "one that is completed too late does not count");
  }

  @Test
  void shouldRefuseAnEntryThatSaysSomethingElse() throws Exception {
    Path file = root.resolve("pointer/00000002.json");
    String sound = Files.readString(file);
    String[][] changes = {
      {"\"kind\" : \"promoted\"", "\"kind\" : \"elected\"", "unknown kind 'elected'"},
      {"\"version\" : \"b\"", "\"version\" : \"../b\"", "but has '../b'"},
      {"\"version\" : \"b\"", "\"version\" : 7", "needs the text 'version', but has 7"},
      {"\"number\" : 2", "\"number\" : 3", "must be entry 2 after an earlier one"},
      {"\"follows\" : 1", "\"follows\" : 2", "must be entry 2 after an earlier one"},
      {"\"format_version\" : 1", "\"format_version\" : 2", "version 2, but this program reads"},
      {"hindsight-pointer", "hindsight-lease", "must be of the format 'hindsight-pointer'"},
      {"\"pinned\" : [ ]", "\"pinned\" : [ 1 ]", "needs texts in 'pinned'"},
      {"\"pinned\" : [ ]", "\"pinned\":[]", "in another form"},
      {"{", "[", "not valid JSON"},
    };
    for (String[] change : changes) {
      Files.writeString(file, sound.replace(change[0], change[1]));
      RegistryTest.refuses(Kind.UNUSABLE, change[2], registry::champion);
      RegistryTest.refuses(Kind.UNUSABLE, "bring the file back", registry::champion);
    }
    Files.writeString(file, sound);
    assertEquals("b", registry.champion().version().id());
  }

  @Test
  void shouldRefuseALogWithAGap() throws Exception {
    Files.delete(root.resolve("pointer/00000001.json"));
    assertEquals("b", registry.champion().version().id());
    RegistryTest.refuses(Kind.UNUSABLE, "00000001.json is missing", registry::history);
    try (RegistryWriter writer = registries.writer()) {
      assertEquals("a", writer.promote("a", false, "reads no log").version());
    }
  }

  /** Its writer was stopped while it wrote, and another has promoted what it would have pruned. */
  @Test
  void shouldNotCountAPruneThatIsCompletedTooLate() throws Exception {
    registries.promoteAll("c");
    try (RegistryWriter writer = registries.writer()) {
      assertEquals(List.of("a"), RegistryTest.ids(writer.prune(new Retention(0, 1), "")));
    }
    Path file = root.resolve("pointer/00000004.json");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, 40));
    try (RegistryWriter writer = registries.writer()) {
      registries.publish(writer, "a", 1);
      assertEquals(5, writer.promote("a", false, "").number());
      Files.write(file, whole);
      assertEquals("a", writer.pin(Optional.empty(), "").version());
      registries.publish(writer, "a", 1);
    }
    assertEquals(List.of("a", "c", "b"), RegistryTest.ids(registry.list()));
  }

  @Test
  void shouldNoticeEveryChangeOfAVersion() throws Exception {
    for (String name :
        new String[] {
          "MANIFEST.json",
          "blessing.json",
          "data.json",
          "model/MANIFEST.json",
          "model/model.json",
          "model/weights.safetensors"
        }) {
      Path file = root.resolve("versions/b").resolve(name);
      byte[] sound = Files.readAllBytes(file);
      byte[] changed = sound.clone();
      changed[changed.length / 2] ^= 1;
      Files.write(file, changed);
      RegistryTest.refuses(Kind.UNUSABLE, "versions/b/", registry::champion);
      Files.write(file, Arrays.copyOf(sound, sound.length - 1));
      RegistryTest.refuses(Kind.UNUSABLE, "versions/b/", registry::champion);
      Files.delete(file);
      RegistryTest.refuses(Kind.UNUSABLE, "versions", registry::champion);
      Files.write(file, sound);
    }
    assertEquals("b", registry.champion().version().id());
  }

  /** Sound by itself, but not what was promoted. */
  @Test
  void shouldRefuseAVersionThatWasExchanged() throws Exception {
    Path manifest = root.resolve("versions/b/MANIFEST.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replaceFirst("\"lease\" : 1", "\"lease\" : 8"));
    RegistryTest.refuses(Kind.UNUSABLE, "as the log says", registry::champion);
    Files.writeString(manifest, text.replaceFirst("\"version\" : \"b\"", "\"version\" : \"a\""));
    RegistryTest.refuses(Kind.UNUSABLE, "must be of version 'b'", registry::champion);
  }

  @Test
  void shouldNeverPromoteOrGoBackToWhatCannotBeLoaded() throws Exception {
    Path weights = root.resolve("versions/a/model/weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    try (RegistryWriter writer = registries.writer()) {
      RegistryTest.refuses(
          Kind.UNUSABLE, "weights.safetensors", () -> writer.rollback(Optional.empty(), ""));
      RegistryTest.refuses(Kind.UNUSABLE, "weights", () -> writer.promote("a", true, "a fault"));
    }
    assertEquals("b", registry.champion().version().id());
  }

  @Test
  void shouldNotTakeInADamagedModel() throws Exception {
    registries.model(3);
    Path weights = folder.resolve("registry-models/3/weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    try (RegistryWriter writer = registries.writer()) {
      ModelException refusal =
          assertThrows(ModelException.class, () -> registries.publish(writer, "c", 3));
      assertTrue(refusal.getMessage().contains("weights.safetensors must have"), refusal::toString);
    }
    assertEquals("[a, b]", new LocalStorage().list(root.resolve("versions").toString()).toString());
  }

  @Test
  void shouldNotTakeTextForAnEntry() throws Exception {
    Files.write(root.resolve("pointer/00000003.json"), "no JSON}\n".getBytes(UTF_8));
    Files.write(root.resolve("pointer/readme.json"), "no entry}\n".getBytes(UTF_8));
    RegistryTest.refuses(Kind.UNUSABLE, "00000003.json is not valid JSON", registry::champion);
  }
}
