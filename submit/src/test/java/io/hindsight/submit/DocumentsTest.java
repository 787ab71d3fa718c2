package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name is there, and what there is, is in the documents. */
class DocumentsTest {
  private static final Path README = Path.of("../README.md");
  private static final int MOST_LINES = 220;
  private static final int MOST_WORDS = 2_300;

  private static final Pattern DECLARATION =
      Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");
  private static final Pattern TYPE = Pattern.compile("[A-Z]\\w*[a-z]\\w*");
  private static final Pattern PATH =
      Pattern.compile("(?:\\.ci|\\.github|conf|datasets|driver|submit|worker-kernels)/[\\w./-]+");

  static List<Path> documents() {
    return Documents.all();
  }

  @Test
  void shouldKeepTheReadmeShort() {
    String text = Documents.text(README);
    long lines = text.lines().count();
    long words = Stream.of(text.split("\\s+")).filter(word -> !word.isEmpty()).count();
    assertTrue(lines <= MOST_LINES, lines + " lines; move some to the document of a module");
    assertTrue(words <= MOST_WORDS, words + " words; move some to the document of a module");
  }

  @Test
  void shouldReachEveryDocumentFromTheReadme() {
    Set<Path> linked =
        Documents.links(README).stream()
            .map(link -> README.resolveSibling(link.replaceAll("#.*", "")).normalize())
            .collect(Collectors.toSet());
    for (Path document : Documents.present()) {
      assertTrue(
          document.equals(README)
              || linked.contains(document)
              || document.endsWith("data/README.md"), // of the module's document
          "README.md has no link to " + document);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void shouldLinkToFilesAndHeadingsThatAreThere(Path document) {
    for (String link : Documents.links(document)) {
      if (link.matches("[a-z]+:.*")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
      assertTrue(Files.exists(file), document + " links to " + link);
      if (parts.length == 2) {
        Set<String> anchors = Documents.anchors(file);
        assertTrue(anchors.contains(parts[1]), document + " links to " + link + " of " + anchors);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void shouldHaveEachHeadingOnce(Path document) {
    List<String> lines = Documents.text(document).lines().filter(l -> l.startsWith("## ")).toList();
    assertEquals(Set.copyOf(lines).size(), lines.size(), document + ": " + lines);
  }

  @Test
  void shouldNameTypesThatAreThere() {
    Set<String> types = new TreeSet<>();
    for (Path source : Documents.files(".java")) {
      DECLARATION.matcher(Documents.text(source)).results().forEach(t -> types.add(t.group(1)));
    }
    Set<String> missing = new TreeSet<>();
    for (Path document : Documents.present()) {
      Documents.code(document).stream()
          .filter(name -> TYPE.matcher(name).matches() && !types.contains(name))
          .forEach(name -> missing.add(document + ": " + name));
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void shouldNameFilesThatAreThereInCommands() {
    Set<String> missing = new TreeSet<>();
    for (Path document : Documents.present()) {
      for (String block : Documents.blocks(document, "sh")) {
        PATH.matcher(block)
            .results()
            .map(MatchResult::group)
            .filter(path -> !path.startsWith("submit/target/"))
            .filter(path -> !Files.exists(Documents.HOME.resolve(path)))
            .forEach(path -> missing.add(document + ": " + path));
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void shouldHaveTheCommandsOfEveryDocumentRun() {
    String script = Documents.text(Documents.HOME.resolve(".ci/readme"));
    for (Path document : Documents.all()) {
      String name = Documents.HOME.relativize(document).toString();
      boolean hasCommands = !Documents.blocks(document, "sh").isEmpty();
      assertTrue(!hasCommands || script.contains(name), ".ci/readme does not read " + name);
    }
  }

  @Test
  void shouldExplainEveryKeyOfAConfiguration() {
    Set<String> keys = ConfigurationKeys.all();
    keys.removeAll(Set.copyOf(Documents.code(Path.of("../conf/README.md"))));
    assertEquals(Set.of(), keys);
  }
}
