package io.hindsight.submit;

/**
 * The main class, the only one that is compiled for Java 8: an older Java than the others need can
 * still say so.
 */
public final class Hindsight {
  private static final int OLDEST_JAVA = 17;
  private static final int WRONG_USE = 2; // ExitCode.USAGE, which that Java could not read

  private Hindsight() {}

  /**
   * Runs a command, see {@link RootCommand#main}.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    String refusal = refusal(System.getProperty("java.specification.version"));
    if (!refusal.isEmpty()) {
      System.err.println("hindsight: " + refusal);
      System.exit(WRONG_USE);
    }
    RootCommand.main(args);
  }

  /**
   * What is wrong with a version of Java.
   *
   * @param version as {@code java.specification.version} has it: 1.8, 9, 17
   * @return the message; empty if nothing is wrong
   */
  static String refusal(String version) {
    if (release(version) >= OLDEST_JAVA) {
      return "";
    }
    return "this is Java "
        + version
        + " in '"
        + System.getProperty("java.home")
        + "', but 17 or newer is needed; set JAVA_HOME to such a JDK, on YARN also"
        + " spark.yarn.appMasterEnv.JAVA_HOME and spark.executorEnv.JAVA_HOME";
  }

  /** The number that counts: 8 of 1.8, 17 of 17. */
  private static int release(String version) {
    String number = version.startsWith("1.") ? version.substring(2) : version;
    return Integer.parseInt(number);
  }
}
