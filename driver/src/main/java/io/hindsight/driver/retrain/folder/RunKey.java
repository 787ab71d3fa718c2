package io.hindsight.driver.retrain.folder;

import io.hindsight.datasets.TimeWindow;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.run.ProgramVersion;
import io.hindsight.driver.storage.Hashes;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What names a retraining, so that the same command names the same one: given by whoever schedules
 * it, or a function of the window's end, the configuration and the version of this program. Clocks,
 * time zones and languages of machines have no part in it.
 *
 * @param text letters, digits, dots, dashes and underscores, {@value #LONGEST} at most
 */
public record RunKey(String text) {
  /** A version is named by the key, a dash and eight digits, in 64 characters. */
  public static final int LONGEST = 48;

  private static final int DIGITS = 12;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final DateTimeFormatter END =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * A key that was given.
   *
   * @throws ConfigException if it is none
   */
  public static RunKey given(String text) {
    if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
      throw ConfigException.of(
          "--run-key " + text,
          "a run key has letters, digits, '.', '-' and '_', begins with a letter or digit and has %d at most; name another"
              .formatted(LONGEST));
    }
    return new RunKey(text);
  }

  /**
   * The key of a retraining that was given none.
   *
   * @param config with its window, and all that the weights depend on but the champion
   */
  public static RunKey of(RunConfig config, TimeWindow window) {
    String decisive =
        String.join("\n", ResolvedConfig.hash(config), window.toString(), ProgramVersion.text());
    return new RunKey(END.format(window.to()) + "-" + Hashes.sha256(decisive).substring(0, DIGITS));
  }

  @Override
  public String toString() {
    return text;
  }
}
