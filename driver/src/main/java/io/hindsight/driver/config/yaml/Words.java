package io.hindsight.driver.config.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The spelling of enumerations and flags in a configuration. */
public final class Words {
  private Words() {}

  /** A constant in lower case with hyphens: {@code LAST_STEP} is {@code last-step}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The words of all constants, in their order. */
  public static <E extends Enum<E>> List<String> of(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(c -> of(c)).toList();
  }

  /** The constant of a word. */
  public static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** What to write in place of a word that other dialects of YAML read as a flag. */
  static String flagMeant(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "yes", "on", "y", "1", "true" -> "write true, without quotes";
      case "no", "off", "n", "0", "false" -> "write false, without quotes";
      default -> "write true or false";
    };
  }
}
