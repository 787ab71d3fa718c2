package io.hindsight.datasets.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.Seq;

/** Scala's values as Java's, by what Scala 2.12 and 2.13 have in common. */
public final class ScalaValues {
  private ScalaValues() {}

  /** What the option holds. */
  public static <T> Optional<T> optional(Option<T> option) {
    return option.isDefined() ? Optional.of(option.get()) : Optional.empty();
  }

  /** A copy of the elements, which may be null. */
  public static List<Object> list(Seq<?> elements) {
    List<Object> copy = new ArrayList<>(elements.size());
    for (Iterator<?> iterator = elements.iterator(); iterator.hasNext(); ) {
      copy.add(iterator.next());
    }
    return copy;
  }
}
