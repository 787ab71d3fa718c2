package io.hindsight.datasets.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;

/**
 * Names of files on this machine, which Java writes in the characters of its locale. Where those
 * are ASCII, as in a container without a locale, it cannot name {@code données.csv}: it asks for
 * another file, and leaves that one out of its folder without a word. Other file systems take names
 * in UTF-8, whatever the locale.
 */
public final class FileNames {
  private static final String REPLACEMENT = "\uFFFD"; // what Java reads in place of other bytes
  private static final Pattern GLOB = Pattern.compile("[^/]*[*?\\[{].*");

  private FileNames() {}

  /** The characters in which this process was given its arguments, and names files. */
  public static Charset charset() {
    String name = System.getProperty("sun.jnu.encoding", "UTF-8");
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
  }

  /**
   * Refuses a path of this machine that Java cannot name.
   *
   * @throws LocaleException if it has characters that the locale has not
   */
  public static void requireNameable(String path) {
    requireNameable(path, charset());
  }

  private static void requireNameable(String path, Charset charset) {
    if (!charset.newEncoder().canEncode(path) || path.contains(REPLACEMENT)) {
      throw new LocaleException(
          path
              + ": the file cannot be named, since the locale of this Java has no characters but "
              + charset.name());
    }
  }

  /**
   * Refuses a file of Hadoop's that is on this machine and that Java cannot name.
   *
   * @throws LocaleException if its path has characters that the locale has not
   */
  public static void requireWritable(String path) {
    requireWritable(path, charset());
  }

  static void requireWritable(String path, Charset charset) {
    if (!charset.equals(StandardCharsets.UTF_8) && isLocal(path)) {
      requireNameable(path, charset);
    }
  }

  /**
   * As {@link #requireWritable}, for data: a file, a folder or a glob, of which Java must be able
   * to name every file.
   *
   * @throws LocaleException if a name has characters that the locale has not
   */
  public static void requireReadable(String path) {
    requireReadable(path, charset());
  }

  static void requireReadable(String path, Charset charset) {
    requireWritable(path, charset);
    if (!charset.equals(StandardCharsets.UTF_8) && isLocal(path)) {
      requireNameableFiles(path.replaceFirst("^file:/*", "/"), charset);
    }
  }

  private static void requireNameableFiles(String path, Charset charset) {
    Matcher glob = GLOB.matcher(path);
    boolean all = !glob.find();
    Path start = Path.of(all ? path : path.substring(0, glob.start()));
    int depth = all ? Integer.MAX_VALUE : glob.group().split("/").length;
    try (Stream<Path> files = Files.walk(start, depth)) {
      // As a URI, a name has its bytes, whatever the locale.
      files.map(Path::toUri).map(URI::getPath).forEach(name -> requireNameable(name, charset));
    } catch (IOException | UncheckedIOException unreadable) {
      // Whoever reads the data says what is wrong with them.
    }
  }

  private static boolean isLocal(String path) {
    URI uri = new org.apache.hadoop.fs.Path(path).toUri();
    URI usual = FileSystem.getDefaultUri(HadoopSettings.configuration());
    return "file".equals(uri.getScheme() == null ? usual.getScheme() : uri.getScheme());
  }
}
