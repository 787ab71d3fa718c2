package io.hindsight.driver.run;

/** Which Hindsight this is. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** The version of the jar; {@code development} where there is none. */
  public static String text() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
