package io.hindsight.driver.monitoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A reader of Prometheus's text format, character by character from its definition: lines end with
 * a line feed, the last one, too; a family's samples follow its help and type and stand together;
 * no sample comes twice.
 */
public final class Exposition {
  private final Map<String, Double> samples = new TreeMap<>();
  private final Map<String, String> types = new HashMap<>();
  private final List<String> families = new ArrayList<>();
  private String line;
  private int at;

  private Exposition() {}

  public static Exposition read(String text) {
    Exposition read = new Exposition();
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the last line has no line feed: " + text);
    }
    for (String line : text.split("\n")) {
      if (!line.isEmpty()) {
        read.line(line);
      }
    }
    return read;
  }

  private void line(String text) {
    line = text;
    at = 0;
    if (text.startsWith("# TYPE ")) {
      String[] words = text.split(" ");
      if (words.length != 4 || !List.of("counter", "gauge").contains(words[3])) {
        throw wrong();
      }
      if (types.put(words[2], words[3]) != null) {
        throw wrong();
      }
    } else if (!text.startsWith("#")) {
      sample();
    }
  }

  private void sample() {
    String name = name();
    if (families.contains(name) && !families.get(families.size() - 1).equals(name)) {
      throw wrong(); // the family is divided
    }
    families.add(name);
    Map<String, String> labels = new TreeMap<>();
    if (at < line.length() && line.charAt(at) == '{') {
      at++;
      while (line.charAt(at) != '}') {
        label(labels);
      }
      at++;
    }
    String number = line.substring(at).strip();
    double value =
        switch (number) {
          case "+Inf" -> Double.POSITIVE_INFINITY;
          case "-Inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(number);
        };
    if (samples.put(name + labels, value) != null) {
      throw wrong();
    }
  }

  private String name() {
    int from = at;
    while (at < line.length()
        && (Character.isLetterOrDigit(line.charAt(at)) || "_:".indexOf(line.charAt(at)) >= 0)) {
      at++;
    }
    if (at == from || Character.isDigit(line.charAt(from))) {
      throw wrong();
    }
    return line.substring(from, at);
  }

  private void label(Map<String, String> labels) {
    String name = name();
    expect('=');
    expect('"');
    StringBuilder value = new StringBuilder();
    while (line.charAt(at) != '"') {
      char next = line.charAt(at++);
      if (next == '\\') {
        char escaped = line.charAt(at++);
        value.append(
            switch (escaped) {
              case '\\' -> '\\';
              case '"' -> '"';
              case 'n' -> '\n';
              default -> throw wrong();
            });
      } else {
        value.append(next);
      }
    }
    expect('"');
    if (labels.put(name, value.toString()) != null) {
      throw wrong();
    }
    if (line.charAt(at) == ',') {
      at++;
    }
  }

  private void expect(char wanted) {
    if (line.charAt(at++) != wanted) {
      throw wrong();
    }
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("at " + at + ": " + line);
  }

  /** A sample's value. */
  public double value(String name, Map<String, String> labels) {
    Double value = samples.get(name + new TreeMap<>(labels));
    if (value == null) {
      throw new IllegalArgumentException(name + labels + " is not among " + samples.keySet());
    }
    return value;
  }

  /** A family's only sample, whatever its labels, by the end of its name. */
  public double only(String end) {
    List<Double> found =
        samples.entrySet().stream()
            .filter(each -> each.getKey().replaceFirst("\\{.*", "").endsWith(end))
            .map(Map.Entry::getValue)
            .toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(end + ": " + found + " in " + samples.keySet());
    }
    return found.get(0);
  }

  /** A family's type. */
  public String type(String name) {
    return types.get(name);
  }
}
