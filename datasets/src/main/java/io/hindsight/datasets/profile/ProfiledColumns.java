package io.hindsight.datasets.profile;

import java.io.Serializable;
import java.util.List;

/**
 * The columns of a table that a profile has.
 *
 * @param numbers numeric ones, or vectors of numbers
 * @param ofSequences which of them are the same at all steps of a sequence
 * @param categories those that hold categories
 */
public record ProfiledColumns(
    List<String> numbers, List<String> ofSequences, List<String> categories)
    implements Serializable {
  public ProfiledColumns {
    numbers = List.copyOf(numbers);
    ofSequences = List.copyOf(ofSequences);
    categories = List.copyOf(categories);
  }
}
