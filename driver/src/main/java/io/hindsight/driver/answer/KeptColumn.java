package io.hindsight.driver.answer;

import io.hindsight.datasets.rows.IdParts;
import java.io.Serializable;

/**
 * A column of the data that stands beside the answers. Id and time come as text.
 *
 * @param name in the output, which is that in the data where the data has it
 * @param kind what it holds
 * @param part which of several id columns it is, or which of the other columns
 */
public record KeptColumn(String name, Kind kind, int part) implements Serializable {
  /** What a kept column holds. */
  public enum Kind {
    /** The sequence's id. */
    ID,
    /** One of several columns of the id. */
    ID_PART,
    /** The time of the newest value that was read. */
    TIME,
    /** Any other column, in the row of that value. */
    OTHER
  }

  /** Whether it is neither id nor time. */
  public boolean isOther() {
    return kind == Kind.OTHER;
  }

  /** The id or the time beside an answer; null where there is none. */
  public String of(Answer answer) {
    return switch (kind) {
      case ID -> answer.id();
      case ID_PART -> IdParts.split(answer.id()).get(part);
      case TIME -> answer.time();
      case OTHER -> throw new IllegalStateException(name + " is kept beside the answers");
    };
  }
}
