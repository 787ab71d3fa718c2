package io.hindsight.submit;

import io.hindsight.datasets.files.FileNames;
import io.hindsight.datasets.files.LocaleException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments as they were typed. In a locale whose characters are ASCII Java reads each other
 * byte as one character for all of them; the bytes themselves are in Linux's {@code
 * /proc/self/cmdline}, unless they were lost before: Spark's own launcher is a Java in the same
 * locale, and hands on a question mark for each.
 */
final class TypedArguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private TypedArguments() {}

  /**
   * The arguments of this process.
   *
   * @param given as Java read them
   * @throws LocaleException if they cannot be told, or may not be what was typed
   */
  static String[] of(String[] given) {
    boolean bySpark = System.getProperty("sun.java.command", "").startsWith("org.apache.spark.");
    return of(given, FileNames.charset(), COMMAND_LINE, bySpark);
  }

  /**
   * As {@link #of(String[])}, in any process.
   *
   * @param charset the locale's
   * @param commandLine holds all arguments, each ended by a zero byte
   * @param bySpark whether Spark's launcher has handed them on
   */
  static String[] of(String[] given, Charset charset, Path commandLine, boolean bySpark) {
    if (!charset.equals(StandardCharsets.US_ASCII)) {
      return given;
    }
    for (String argument : given) {
      if (argument.indexOf('\uFFFD') >= 0) {
        return typed(given, argument, commandLine);
      }
      if (bySpark && argument.contains("??")) {
        throw lost(argument, "each byte of other characters comes as '?' from Spark's launcher");
      }
    }
    return given;
  }

  private static String[] typed(String[] given, String unreadable, Path commandLine) {
    try {
      List<byte[]> all = split(Files.readAllBytes(commandLine));
      List<byte[]> last = all.subList(Math.max(0, all.size() - given.length), all.size());
      String[] read = last.stream().map(TypedArguments::ascii).toArray(String[]::new);
      if (Arrays.equals(read, given)) {
        return utf8(last);
      }
    } catch (IOException notThere) {
      // or not UTF-8: refused below
    }
    throw lost(unreadable, "other characters were replaced");
  }

  private static List<byte[]> split(byte[] commandLine) {
    List<byte[]> all = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < commandLine.length; i++) {
      if (commandLine[i] == 0) {
        all.add(Arrays.copyOfRange(commandLine, start, i));
        start = i + 1;
      }
    }
    return all;
  }

  /** As Java reads an argument in this locale. */
  private static String ascii(byte[] argument) {
    return new String(argument, StandardCharsets.US_ASCII);
  }

  private static String[] utf8(List<byte[]> arguments) throws CharacterCodingException {
    String[] texts = new String[arguments.size()];
    for (int i = 0; i < texts.length; i++) {
      ByteBuffer bytes = ByteBuffer.wrap(arguments.get(i));
      texts[i] = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    }
    return texts;
  }

  private static LocaleException lost(String argument, String how) {
    return new LocaleException(
        "the argument '%s' may not be what was typed, since the locale has no characters but ASCII, and %s"
            .formatted(argument.replace('\uFFFD', '?'), how));
  }
}
