package io.hindsight.submit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.files.LocaleException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedArgumentsTest {
  private static final String[] TYPED = {"sample", "--prime", "Zoë 小 😀", "--set", "name=a??"};

  @TempDir private Path folder;

  @Test
  void shouldReadTheBytesOfWhatAnAsciiLocaleCannotSpell() throws IOException {
    String[] given = asJavaReads(TYPED, US_ASCII);
    assertTrue(given[2].startsWith("Zo\uFFFD\uFFFD"));
    Path line = commandLine(UTF_8, "java", "-cp", "é", "Main");
    assertArrayEquals(TYPED, TypedArguments.of(given, US_ASCII, line, true));
  }

  @Test
  void shouldLeaveWhatTheLocaleCanSpell() throws IOException {
    Path line = commandLine(UTF_8, "java");
    assertSame(TYPED, TypedArguments.of(TYPED, UTF_8, line, true));
    assertSame(TYPED, TypedArguments.of(TYPED, ISO_8859_1, line, true));
    String[] ascii = {"train", "what??.yaml"};
    assertSame(ascii, TypedArguments.of(ascii, US_ASCII, line, false));
  }

  @Test
  void shouldRefuseWhatSparksLauncherHasLost() throws IOException {
    String[] given = {"sample", "--prime", "Zo??"};
    Path line = commandLine(US_ASCII, "java");
    assertRefused("'Zo??'", () -> TypedArguments.of(given, US_ASCII, line, true));
  }

  @Test
  void shouldRefuseWhatStandsNowhere() throws IOException {
    String[] given = asJavaReads(TYPED, US_ASCII);
    Path other = Files.writeString(folder.resolve("other"), "java\0Main\0");
    Path latin = commandLine(ISO_8859_1, "java");
    for (Path line : new Path[] {folder.resolve("absent"), other, latin}) {
      assertRefused("'Zo??", () -> TypedArguments.of(given, US_ASCII, line, false));
    }
  }

  private static void assertRefused(String argument, Runnable reading) {
    LocaleException refusal = assertThrows(LocaleException.class, reading::run);
    assertTrue(refusal.getMessage().contains(argument), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("export LC_ALL=C.UTF-8"), refusal.getMessage());
  }

  private static String[] asJavaReads(String[] typed, Charset locale) {
    return Arrays.stream(typed)
        .map(argument -> new String(argument.getBytes(UTF_8), locale))
        .toArray(String[]::new);
  }

  /** A process's arguments in bytes, as Linux shows them, after those of Java itself. */
  private Path commandLine(Charset terminal, String... java) throws IOException {
    String all = String.join("\0", java) + "\0" + String.join("\0", TYPED) + "\0";
    return Files.write(folder.resolve("line-" + terminal), all.getBytes(terminal));
  }
}
