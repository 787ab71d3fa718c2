package io.hindsight.datasets;

import java.util.Locale;
import java.util.regex.Pattern;

/** Texts of users in messages: in one line, and no longer than a reader bears. */
public final class Excerpt {
  private static final Pattern BREAKS = Pattern.compile("\\s*[\r\n]+\\s*");

  private Excerpt() {}

  /**
   * The beginning of a text, and how long it is where that is not all.
   *
   * @param most UTF-16 units of it that are shown
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    int characters = text.codePointCount(0, text.length());
    return String.format(Locale.ROOT, "%s… (%,d characters)", text.substring(0, end), characters);
  }

  /**
   * As {@link #of}, with a semicolon in place of line breaks.
   *
   * @param most UTF-16 units of it that are shown
   */
  public static String line(String text, int most) {
    return of(BREAKS.matcher(text.strip()).replaceAll("; "), most);
  }
}
