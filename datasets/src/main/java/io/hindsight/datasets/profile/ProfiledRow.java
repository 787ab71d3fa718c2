package io.hindsight.datasets.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One row of a table as a profile sees it, used again for the next. A row that holds a whole
 * sequence has many values of each column.
 */
public final class ProfiledRow {
  /** In place of an element's number: the column holds plain numbers. */
  public static final int PLAIN = -1;

  private final List<String> labels = new ArrayList<>();
  private final List<Category> categories = new ArrayList<>();
  private int[] places = new int[16]; // of each value: column and element
  private double[] values = new double[8];
  private int size;
  private String id;
  private byte[] time; // by which rows are ordered; null without one
  private Instant instant; // null without one

  /**
   * A category of the row.
   *
   * @param column its number among those of categories
   * @param text null where there is none
   */
  record Category(int column, String text) {}

  /**
   * Begins the next row.
   *
   * @param time orders rows, byte by byte and unsigned; null where they have no time
   * @param instant the time as a point in time; absent where it is none
   */
  public void begin(String id, byte[] time, Optional<Instant> instant) {
    this.id = id;
    this.time = time;
    this.instant = instant.orElse(null);
    size = 0;
    labels.clear();
    categories.clear();
  }

  /**
   * Adds a value.
   *
   * @param column its number
   * @param element of a vector, or {@link #PLAIN}
   * @param value not finite if it is missing
   */
  public void add(int column, int element, double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      places = Arrays.copyOf(places, 4 * size);
    }
    places[2 * size] = column;
    places[2 * size + 1] = element;
    values[size++] = value;
  }

  /**
   * Adds a category.
   *
   * @param column its number among those of categories
   * @param category null where there is none
   */
  public void addCategory(int column, String category) {
    categories.add(new Category(column, category));
  }

  /** Adds a class label. */
  public void addLabel(String label) {
    labels.add(label);
  }

  String id() {
    return id;
  }

  byte[] time() {
    return time;
  }

  Optional<Instant> instant() {
    return Optional.ofNullable(instant);
  }

  List<String> labels() {
    return labels;
  }

  List<Category> categories() {
    return categories;
  }

  int size() {
    return size;
  }

  int column(int i) {
    return places[2 * i];
  }

  int element(int i) {
    return places[2 * i + 1];
  }

  double value(int i) {
    return values[i];
  }
}
