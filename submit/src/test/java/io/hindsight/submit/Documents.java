package io.hindsight.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The documents of the project, and what is in them. */
final class Documents {
  static final Path HOME = Path.of("..");

  private static final Set<String> GENERATED = Set.of("target", "runs", ".git");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

  private Documents() {}

  /** Every Markdown file, in a fixed order. */
  static List<Path> all() {
    return files(".md");
  }

  /** The documents that describe the present, not a day in the past. */
  static List<Path> present() {
    Set<String> past = Set.of("CHANGELOG.md", "NOTES.md");
    return all().stream().filter(file -> !past.contains(file.getFileName().toString())).toList();
  }

  /** Every file with an ending that is no product of a build or a run. */
  static List<Path> files(String ending) {
    Set<Path> found = new TreeSet<>();
    try {
      Files.walkFileTree(
          HOME,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes unused) {
              return GENERATED.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes unused) {
              if (file.toString().endsWith(ending)) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(found);
  }

  /** The text of the fenced blocks of a language; "" is none. */
  static List<String> blocks(Path file, String language) {
    return matches(FENCED, text(file)).stream()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** Where the links of a document lead. */
  static List<String> links(Path file) {
    return groups(LINK, prose(file));
  }

  /** What stands between backticks. */
  static List<String> code(Path file) {
    return groups(CODE, prose(file));
  }

  /** The names by which links reach the headings, made as Git hosting sites make them. */
  static Set<String> anchors(Path file) {
    return groups(HEADING, prose(file)).stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", ""))
        .map(heading -> heading.replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text without its fenced blocks. */
  private static String prose(Path file) {
    return FENCED.matcher(text(file)).replaceAll("");
  }

  private static List<String> groups(Pattern pattern, String text) {
    return new ArrayList<>(matches(pattern, text).stream().map(found -> found.group(1)).toList());
  }

  private static List<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }
}
