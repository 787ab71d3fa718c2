package io.hindsight.driver.config.yaml;

import io.hindsight.datasets.files.WideText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads a configuration file to text, and refuses what is no text. */
public final class SourceText {
  private static final int LARGEST = 1 << 20;
  private static final SourcePlace NOWHERE = SourcePlace.inFile("", 0, 0);

  private SourceText() {}

  /** The file's text without a byte-order mark; problems name {@code file} as it is written. */
  public static String of(Path file, Problems problems) {
    byte[] bytes = bytes(file, problems);
    problems.throwIfAny();
    return decoded(file.toString(), bytes, problems);
  }

  private static byte[] bytes(Path file, Problems problems) {
    SourcePlace place = SourcePlace.inFile(file.toString(), NOWHERE.line(), NOWHERE.column());
    try {
      if (Files.isDirectory(file)) {
        problems.add(place, "", "this is a directory, not a file", "name the YAML file inside it");
      } else if (Files.exists(file) && Files.size(file) > LARGEST) {
        String size = "the file has " + Files.size(file) + " bytes, the limit is " + LARGEST;
        problems.add(place, "", size, "check that it is a configuration and not data");
      } else {
        return Files.readAllBytes(file);
      }
    } catch (NoSuchFileException e) {
      String folder = Path.of("").toAbsolutePath().toString();
      problems.add(
          place,
          "",
          "file not found",
          file.isAbsolute() ? "check the path" : "check the path; it is relative to " + folder);
    } catch (IOException e) {
      String reason = e.getClass().getSimpleName() + " " + e.getMessage();
      problems.add(
          place, "", "the file cannot be read (" + reason + ")", "check its access rights");
    }
    return new byte[0];
  }

  /** The text of a file's content without a byte-order mark. */
  public static String decoded(String file, byte[] bytes, Problems problems) {
    Optional<String> wide = WideText.encoding(bytes);
    if (wide.isPresent()) {
      String message = "the file is %s text, not UTF-8".formatted(wide.get());
      problems.add(SourcePlace.inFile(file, 0, 0), "", message, "save it in the encoding UTF-8");
      problems.throwIfAny();
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      String octet = String.format("0x%02X", bytes[in.position()] & 0xFF);
      problems.add(
          endOf(file, text),
          "",
          "the file is not UTF-8 text: byte " + octet + " at offset " + in.position(),
          "save it in the encoding UTF-8");
      problems.throwIfAny();
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Records the first control character, which YAML does not allow and an editor may not show. */
  static void refuseControlCharacters(String text, SourcePlace source, Problems problems) {
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int character = text.codePointAt(i);
      if (!StreamReader.isPrintable(character)) {
        SourcePlace place = endOf(source, text.substring(0, i));
        String name = String.format("U+%04X", character);
        problems.add(place, "", "the character " + name + " is not allowed", "delete it");
        return;
      }
    }
  }

  /** Where a text ends that begins there; an override is one place. */
  static SourcePlace endOf(SourcePlace source, String text) {
    return source.rank() > 0 ? source : endOf(source.source(), text);
  }

  private static SourcePlace endOf(String file, String text) {
    int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
    int start = text.lastIndexOf('\n') + 1;
    return SourcePlace.inFile(file, line, 1 + text.codePointCount(start, text.length()));
  }
}
