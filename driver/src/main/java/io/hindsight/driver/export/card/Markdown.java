package io.hindsight.driver.export.card;

import java.util.List;

/** A page of Markdown as it grows. */
final class Markdown {
  private final StringBuilder text = new StringBuilder();

  /** A title or the heading of a section. */
  void heading(String marks, String words) {
    text.append(text.length() == 0 ? "" : "\n").append(marks).append(' ').append(plain(words));
    text.append("\n\n");
  }

  void paragraph(String words) {
    text.append(words).append('\n');
  }

  /** One of a list. */
  void item(String words) {
    text.append("- ").append(words).append('\n');
  }

  /** A row of a table. */
  void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** The head of a table. */
  void head(List<String> names) {
    row(names);
    text.append("|").append("---|".repeat(names.size())).append('\n');
  }

  /** A text of somebody else, which must not become marks of the page. */
  static String plain(String words) {
    return words.replaceAll("\\s+", " ").replace("|", "\\|").replace("<", "&lt;");
  }

  /** The same as code. */
  static String code(String words) {
    return "`" + plain(words).replace('`', '\'') + "`";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
