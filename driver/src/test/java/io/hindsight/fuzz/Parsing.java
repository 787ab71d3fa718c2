package io.hindsight.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;

/**
 * What a parser of files or messages promises, whatever it is given: it accepts the input or
 * refuses it with one of its own exceptions, and takes no more memory than {@code 2 × input + 16
 * MiB}. The fuzzer itself stops one that does not end.
 */
public final class Parsing {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long FIXED = 16 << 20; // bytes

  private Parsing() {}

  /** Reads an input. */
  public interface Parser {
    /** Reads it, or throws. */
    void parse(byte[] input) throws Exception;
  }

  /**
   * Has an input read.
   *
   * @param own the exceptions that may refuse it
   * @return whether it was accepted
   * @throws AssertionError if a promise is broken
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static boolean accepts(byte[] input, Parser parser, Class<? extends Exception>... own) {
    long most = FIXED + 2L * input.length;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean accepted = run(input, parser, Set.of(own));
    if (THREADS.getCurrentThreadAllocatedBytes() - before > most) {
      requireLittle(input, parser, Set.of(own), most);
    }
    return accepted;
  }

  /** Once more, as the first time classes may have been loaded. */
  private static void requireLittle(
      byte[] input, Parser parser, Set<Class<? extends Exception>> own, long most) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    run(input, parser, own);
    // All that was taken: what is held at a time is less.
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (taken > most) {
      throw new AssertionError("%d bytes for an input of %d".formatted(taken, input.length));
    }
  }

  private static boolean run(byte[] input, Parser parser, Set<Class<? extends Exception>> own) {
    try {
      parser.parse(input);
      return true;
    } catch (Exception refusal) {
      if (own.stream().anyMatch(type -> type.isInstance(refusal))) {
        return false;
      }
      throw new AssertionError("not an exception of the parser's own: " + refusal, refusal);
    }
  }
}
