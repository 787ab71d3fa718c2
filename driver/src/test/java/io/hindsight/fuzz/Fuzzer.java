package io.hindsight.fuzz;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The entry of Jazzer, which {@code .ci/fuzz} starts once for each parser: a class that has a
 * method {@code static boolean accepts(byte[])}, see {@link Parsing}.
 */
public final class Fuzzer {
  private static MethodHandle accepts;

  private Fuzzer() {}

  /**
   * Called once, before the first input. Has the seeds read, so that no input is charged with the
   * loading of classes.
   *
   * @param args the parser's class, and the folder of the corpus
   */
  public static void fuzzerInitialize(String[] args) throws Throwable {
    accepts = parser(args[0]);
    for (Path seed : seeds(Path.of(args[1]), args[0])) {
      fuzzerTestOneInput(Files.readAllBytes(seed));
    }
  }

  /** Called for every input. */
  public static void fuzzerTestOneInput(byte[] input) throws Throwable {
    boolean ignored = (boolean) accepts.invokeExact(input);
  }

  /** The method that has an input read. */
  static MethodHandle parser(String target) throws ReflectiveOperationException {
    MethodType type = MethodType.methodType(boolean.class, byte[].class);
    return MethodHandles.publicLookup().findStatic(Class.forName(target), "accepts", type);
  }

  /** The committed inputs of a parser, by name. */
  static List<Path> seeds(Path corpus, String target) throws IOException {
    try (Stream<Path> files = Files.list(corpus.resolve(name(target)))) {
      return files.sorted().toList();
    }
  }

  /** The parser's class without its package: the name of its folder. */
  static String name(String target) {
    return target.substring(target.lastIndexOf('.') + 1);
  }
}
