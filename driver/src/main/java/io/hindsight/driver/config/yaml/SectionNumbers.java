package io.hindsight.driver.config.yaml;

import io.hindsight.driver.config.yaml.YamlNode.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the numbers of a section, each within its range. */
public final class SectionNumbers {
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private final Section section;

  /** For the keys of a section. */
  public SectionNumbers(Section section) {
    this.section = section;
  }

  /** A whole number of 32 bits. */
  public Optional<Integer> integer(String key, Range range) {
    return section
        .scalar(key, "a whole number")
        .flatMap(scalar -> whole(key, scalar, range, Integer.MAX_VALUE))
        .map(Long::intValue);
  }

  /** A whole number of 64 bits. */
  public Optional<Long> whole(String key, Range range) {
    return section
        .scalar(key, "a whole number")
        .flatMap(scalar -> whole(key, scalar, range, Long.MAX_VALUE));
  }

  /** A list of whole numbers of 32 bits, with at least one; empty if it is missing or wrong. */
  public List<Integer> integers(String key, Range range, String example) {
    List<Integer> numbers = new ArrayList<>();
    for (Scalar item : section.items(key, example)) {
      whole(key, item, range, Integer.MAX_VALUE).ifPresent(n -> numbers.add(n.intValue()));
    }
    return numbers;
  }

  /** A list of finite numbers, with at least one; empty if it is missing or wrong. */
  public List<Double> numbers(String key, Range range, String example) {
    List<Double> numbers = new ArrayList<>();
    for (Scalar item : section.items(key, example)) {
      number(key, item, range).ifPresent(numbers::add);
    }
    return numbers;
  }

  /** A finite number. */
  public Optional<Double> number(String key, Range range) {
    return section.scalar(key, "a number").flatMap(scalar -> number(key, scalar, range));
  }

  private Optional<Long> whole(String key, Scalar scalar, Range range, long largest) {
    String wanted = "a whole number" + range;
    if (!scalar.isNumber()) {
      return wrong(key, scalar, "a whole number", "use " + wanted);
    }
    BigDecimal value = new BigDecimal(scalar.text());
    if (!isWhole(value)) {
      return wrong(key, scalar, "a whole number", "use " + wanted);
    }
    boolean fits = value.abs().compareTo(BigDecimal.valueOf(largest)) <= 0;
    if (!fits || !range.contains(value.doubleValue())) {
      String limit = "use a whole number of at most " + largest + " in size";
      return refused(key, scalar, fits ? "use " + wanted : limit);
    }
    return Optional.of(value.longValueExact());
  }

  /** Whether there is no fraction; huge exponents are answered without writing out their zeros. */
  private static boolean isWhole(BigDecimal value) {
    return value.compareTo(LARGEST) > 0
        || value.compareTo(LARGEST.negate()) < 0
        || value.stripTrailingZeros().scale() <= 0;
  }

  private Optional<Double> number(String key, Scalar scalar, Range range) {
    String wanted = "use a number" + range;
    if (!scalar.isNumber()) {
      return wrong(key, scalar, "a number", wanted);
    }
    double value = Double.parseDouble(scalar.text()) + 0.0; // no negative zero
    if (Double.isInfinite(value)) {
      return refused(key, scalar, "use a number of at most 1.7e308 in size");
    }
    return range.contains(value) ? Optional.of(value) : refused(key, scalar, wanted);
  }

  private <T> Optional<T> refused(String key, Scalar scalar, String remedy) {
    section.itemProblem(key, scalar, scalar.text() + " is out of range", remedy);
    return Optional.empty();
  }

  private <T> Optional<T> wrong(String key, Scalar scalar, String expected, String remedy) {
    Scalar bare = new Scalar(scalar.place(), scalar.text().replace("_", "").strip(), true);
    String spelling = bare.isNumber() && !scalar.isNumber() ? "write " + bare.text() : remedy;
    String message = "found " + scalar.describe() + " in place of " + expected;
    section.itemProblem(key, scalar, message, spelling);
    return Optional.empty();
  }
}
