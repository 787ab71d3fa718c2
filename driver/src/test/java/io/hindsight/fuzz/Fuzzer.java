package io.hindsight.fuzz;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The entry of Jazzer, which {@code .ci/fuzz} starts for one parser or several: classes that have a
 * method {@code static boolean accepts(byte[])}, see {@link Parsing}. Of several the first byte of
 * an input chooses one, which reads the rest.
 */
public final class Fuzzer {
  private static final List<String> TARGETS = new ArrayList<>();
  private static final List<MethodHandle> PARSERS = new ArrayList<>();
  private static long[] executions; // of each parser

  private Fuzzer() {}

  /**
   * Called once, before the first input. Has the seeds read, so that no input is charged with the
   * loading of classes.
   *
   * @param args the folder of the corpus, and the parsers' classes
   */
  public static void fuzzerInitialize(String[] args) throws Throwable {
    executions = new long[args.length - 1];
    for (String target : List.of(args).subList(1, args.length)) {
      MethodHandle parser = parser(target);
      for (Path seed : seeds(Path.of(args[0]), target)) {
        boolean ignored = (boolean) parser.invokeExact(Files.readAllBytes(seed));
      }
      TARGETS.add(target);
      PARSERS.add(parser);
    }
  }

  /** Called for every input. */
  public static void fuzzerTestOneInput(byte[] input) throws Throwable {
    boolean several = PARSERS.size() > 1;
    int parser = several && input.length > 0 ? (input[0] & 0xff) % PARSERS.size() : 0;
    byte[] rest =
        several ? Arrays.copyOfRange(input, Math.min(1, input.length), input.length) : input;
    executions[parser]++;
    try {
      boolean ignored = (boolean) PARSERS.get(parser).invokeExact(rest);
    } catch (Throwable broken) {
      System.err.printf(
          "broken by %s, input %s%n", TARGETS.get(parser), HexFormat.of().formatHex(rest));
      throw broken;
    }
  }

  /** Called once, after the last input. */
  public static void fuzzerTearDown() {
    for (int i = 0; i < executions.length; i++) {
      System.err.printf("executions %s %d%n", name(TARGETS.get(i)), executions[i]);
    }
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
