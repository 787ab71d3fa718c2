package io.hindsight.driver.config.section;

import io.hindsight.driver.config.yaml.Section;
import java.util.regex.Pattern;

/**
 * What looks like a password or a key. The resolved configuration is stored beside every model and
 * checkpoint, readable for everybody, so it must hold none.
 *
 * <p>Names are those that Spark itself redacts ({@code spark.redaction.regex}) and those of the
 * keys of Azure, Google, Amazon, and JDBC drivers.
 */
final class Secrets {
  private static final String WORDS =
      "secret|passw|passphrase|pwd|token|credential|signature"
          + "|(access|account|api|private|ssl|shared|client|encryption)[-_. ]?keys?";
  private static final Pattern NAME =
      Pattern.compile(WORDS + "|(^|[-_.])(sas|sig)($|[-_.])", Pattern.CASE_INSENSITIVE);

  /**
   * In a location or the URL of a connection: {@code …;password=…}, {@code ?sig=…}, {@code
   * //user:password@…}, and Oracle's {@code thin:user/password@…}.
   */
  private static final Pattern VALUE =
      Pattern.compile(
          "[?&;,(][^=&;]*("
              + WORDS
              + "|\\bsig)[^=&;]*="
              + "|//[^/?@:]*:[^/?@]+@"
              + "|^jdbc:[^/@]*:[^/@:]+/[^/@]+@",
          Pattern.CASE_INSENSITIVE);

  private static final String MESSAGE = "a secret would be stored with the run and the model";

  private Secrets() {}

  /** Refuses each option of a section that is a secret by its name, or holds one. */
  static void refuseOptions(Section data, String key, String option, String value) {
    if (NAME.matcher(option).find() || VALUE.matcher(value).find()) {
      data.refuseBelow(
          key,
          option,
          MESSAGE,
          "give it as a Spark property (--conf spark.hadoop.…), or for jdbc through a"
              + " connection provider or the database driver's own password file");
    }
  }

  /** Reports a location that holds a secret. */
  static void refuseLocation(Section section, String key, String location) {
    if (VALUE.matcher(location).find()) {
      section.problem(
          key,
          MESSAGE,
          "leave it out here, and give it as a Spark property (--conf spark.hadoop.…)");
    }
  }
}
