package io.hindsight.datasets.files;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Errors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** The characters of UTF-8 files, joined in the order of the files' names. */
public final class TextFiles {
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final int[] characters; // code points
  private final List<String> files;
  private final int[] starts; // first character of each file

  private TextFiles(int[] characters, List<String> files, int[] starts) {
    this.characters = characters;
    this.files = files;
    this.starts = starts;
  }

  /**
   * The files of a path, in the order of their names, found through Hadoop's file systems.
   *
   * @param path a file, a folder (its visible files are read) or a glob
   * @throws DataException if there is no file
   */
  public static List<FileStatus> list(String path) {
    return explaining(
        path,
        () -> {
          FileNames.requireReadable(path);
          Path pattern = new Path(path);
          return list(HadoopFiles.of(pattern, HadoopSettings.configuration()), pattern);
        });
  }

  /**
   * Reads files.
   *
   * @param path where they were found, for errors
   * @param files as {@link #list} gives them
   * @throws DataException if there is no character, or something that is not UTF-8
   */
  public static TextFiles read(String path, List<FileStatus> files) {
    List<String> names = files.stream().map(file -> name(file.getPath())).toList();
    List<int[]> texts = explaining(path, () -> decode(names, files));
    if (texts.stream().allMatch(text -> text.length == 0)) {
      throw new DataException(
          "a data set must not be empty", "no characters", path, "name a file that holds text");
    }
    return join(names, texts);
  }

  private static List<int[]> decode(List<String> names, List<FileStatus> files) throws IOException {
    List<int[]> texts = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i).getPath();
      FileSystem system = HadoopFiles.of(file, HadoopSettings.configuration());
      texts.add(decode(names.get(i), bytes(system, file)));
    }
    return texts;
  }

  /** Something done with files. */
  private interface Action<T> {
    T run() throws IOException;
  }

  /** Does it, and says what is wrong with the path if it fails. */
  private static <T> T explaining(String path, Action<T> action) {
    try {
      return action.run();
    } catch (FileNotFoundException e) {
      throw new DataException(
          "a data file must be readable", e.getMessage(), path, "check path and permissions", e);
    } catch (UnsupportedFileSystemException e) {
      throw Errors.unknownFileSystem(path, e);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(path, e);
    }
  }

  /** All characters // code points. */
  public int[] characters() {
    return characters;
  }

  /** File, line and column of a character, lines and columns from 1. */
  public String place(int index) {
    int file = starts.length - 1;
    while (starts[file] > index) {
      file--;
    }
    int line = 1;
    int lineStart = starts[file];
    for (int i = starts[file]; i < index; i++) {
      if (characters[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return "%s:%d:%d".formatted(files.get(file), line, index - lineStart + 1);
  }

  private static List<FileStatus> list(FileSystem system, Path pattern) throws IOException {
    FileStatus[] matches = system.globStatus(pattern);
    List<FileStatus> files = new ArrayList<>();
    for (FileStatus match : matches == null ? new FileStatus[0] : matches) {
      if (match.isFile()) {
        files.add(match);
      } else {
        Arrays.stream(system.listStatus(match.getPath()))
            .filter(TextFiles::visible)
            .forEach(files::add);
      }
    }
    if (files.isEmpty()) {
      throw Errors.notFound(pattern.toString());
    }
    files.sort(Comparator.comparing(file -> file.getPath().toString()));
    return files;
  }

  private static boolean visible(FileStatus file) {
    return file.isFile() && isVisible(file.getPath());
  }

  /** Whether Spark and Hadoop take it for data. */
  public static boolean isVisible(Path path) {
    return !path.getName().startsWith(".") && !path.getName().startsWith("_");
  }

  private static byte[] bytes(FileSystem system, Path path) throws IOException {
    try (InputStream in = system.open(path)) {
      return in.readAllBytes();
    }
  }

  /**
   * The characters of a file's content, without a byte-order mark // code points.
   *
   * @param file its name, for errors
   * @throws DataException if it is not UTF-8
   */
  static int[] decode(String file, byte[] content) {
    refuseWide(file, content);
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
    if (result.isError()) {
      throw new DataException(
          "text must be UTF-8",
          "byte 0x%02X".formatted(bytes.get(bytes.position())),
          "%s, byte %d".formatted(file, bytes.position()),
          "convert the file, for example with iconv -f LATIN1 -t UTF-8");
    }
    int[] characters = text.flip().codePoints().toArray();
    boolean marked = characters.length > 0 && characters[0] == BYTE_ORDER_MARK;
    return marked ? Arrays.copyOfRange(characters, 1, characters.length) : characters;
  }

  /** Without a byte-order mark it would pass for UTF-8, every other character of which is NUL. */
  private static void refuseWide(String file, byte[] bytes) {
    Optional<String> wide = WideText.encoding(bytes);
    if (wide.isPresent()) {
      throw new DataException(
          "text must be UTF-8", wide.get(), file, WideText.conversion(wide.get()));
    }
  }

  private static TextFiles join(List<String> files, List<int[]> texts) {
    int[] starts = new int[texts.size()];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = Math.addExact(starts[i - 1], texts.get(i - 1).length);
    }
    int[] all = texts.stream().flatMapToInt(IntStream::of).toArray();
    return new TextFiles(all, files, starts);
  }

  private static DataException unreadable(String path, Exception e) {
    return new DataException(
        "a data file must be readable",
        String.valueOf(e.getMessage()),
        path,
        "check the path, its file system and its permissions",
        e);
  }

  /** A file as people name it. */
  public static String name(Path path) {
    return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }
}
