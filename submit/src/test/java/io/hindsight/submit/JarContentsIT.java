package io.hindsight.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.windows.SharedFiles;
import io.hindsight.driver.data.StorageFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class JarContentsIT {
  private static final Path JAR = Path.of("target", "hindsight.jar");
  private static final String PYTHON = "hindsight_ml.py";

  @Test
  void shouldHoldNothingButHindsightAndItsRelocatedLibraries() throws IOException {
    Set<String> roots = new TreeSet<>();
    for (String name : entries()) {
      String[] parts = name.split("/");
      if (name.startsWith("META-INF/") || name.equals(PYTHON)) {
        continue;
      }
      roots.add(String.join("/", List.of(parts).subList(0, Math.min(3, parts.length - 1))));
    }
    assertEquals(
        Set.of(
            "io/hindsight/datasets",
            "io/hindsight/driver",
            "io/hindsight/kernels",
            "io/hindsight/shaded",
            "io/hindsight/submit"),
        roots);
    assertTrue(entries().contains(PYTHON), "Python looks for modules at the root of an archive");
  }

  @Test
  void shouldRelocateItsLibraries() throws IOException {
    List<String> names = entries();
    assertTrue(names.contains("io/hindsight/shaded/picocli/CommandLine.class"));
    assertTrue(names.contains("io/hindsight/shaded/snakeyaml/v2/api/Load.class"));
    assertTrue(names.contains("io/hindsight/shaded/protobuf/CodedOutputStream.class"));
  }

  @Test
  void shouldCarryNoModuleDescriptorSignatureOrTest() throws IOException {
    for (String name : entries()) {
      assertTrue(!name.endsWith("module-info.class"), name);
      assertTrue(!name.matches("META-INF/.*\\.(SF|DSA|RSA)"), name);
      assertTrue(!name.matches(".*(Test|IT)\\.class"), name);
    }
  }

  /** By which executors find the files of encoded data. */
  @Test
  void shouldOfferWhatReadsSharedFiles() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      String offered = read(jar, "META-INF/services/" + SharedFiles.Codec.class.getName());
      assertEquals(StorageFiles.class.getName(), offered.strip());
    }
  }

  @Test
  void shouldNameItsMainClassAndLicence() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertEquals(
          "io.hindsight.submit.Hindsight",
          jar.getManifest().getMainAttributes().getValue("Main-Class"));
      assertTrue(jar.getEntry("META-INF/LICENSE") != null);
    }
  }

  /** Who wrote what is in the jar, for people and for machines. */
  @Test
  void shouldAttributeEveryLibraryWithVersionAndLicence() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      String notice = read(jar, "META-INF/NOTICE");
      JsonNode bill = new ObjectMapper().readTree(read(jar, "META-INF/sbom/hindsight.cdx.json"));
      assertEquals("CycloneDX", bill.path("bomFormat").asText());
      assertFalse((notice + bill).contains("${"), notice + bill);
      Set<String> attributed = new TreeSet<>();
      for (JsonNode library : bill.path("components")) {
        attributed.add(library.path("properties").path(0).path("value").asText());
        assertTrue(notice.contains(" " + library.path("version").asText() + ","), notice);
        String origin = library.path("group").asText() + "/" + library.path("name").asText();
        assertEquals(
            "pkg:maven/" + origin + "@" + library.path("version").asText(),
            library.path("purl").asText());
      }
      assertEquals(relocated(), attributed);
      attributed.forEach(name -> assertTrue(notice.contains("package " + name + "\n"), notice));
    }
  }

  /** The packages below which another project's classes are. */
  private static Set<String> relocated() throws IOException {
    Set<String> packages = new TreeSet<>();
    for (String name : entries()) {
      if (name.startsWith("io/hindsight/shaded/")) {
        packages.add(name.replaceFirst("(io/hindsight/shaded/[^/]+)/.*", "$1").replace('/', '.'));
      }
    }
    return packages;
  }

  private static String read(JarFile jar, String name) throws IOException {
    assertTrue(jar.getEntry(name) != null, name + " is not in the jar");
    return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), UTF_8);
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName).toList();
    }
  }
}
