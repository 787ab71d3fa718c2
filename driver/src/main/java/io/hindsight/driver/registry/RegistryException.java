package io.hindsight.driver.registry;

import io.hindsight.driver.model.ModelException;

/** A registry refuses something; the message is for the user and says all. */
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What whoever asked may do about it. */
  public enum Kind {
    /** Ask for something else: the rules of the registry are against it. */
    REFUSED,
    /** Mend the registry, or name another: a file or version is not there, or is damaged. */
    UNUSABLE,
    /** Look and ask again: another process has changed the champion in the meantime. */
    OVERTAKEN
  }

  private final Kind kind;

  private RegistryException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  static RegistryException refused(String message) {
    return new RegistryException(Kind.REFUSED, message, null);
  }

  static RegistryException unusable(String message) {
    return new RegistryException(Kind.UNUSABLE, message, null);
  }

  /** A file that is damaged, with what helps for a file of a registry. */
  static RegistryException damaged(ModelException damage, String remedy) {
    return new RegistryException(Kind.UNUSABLE, damage.problem() + "; " + remedy, damage);
  }

  /** The champion was changed meanwhile. */
  public static RegistryException overtaken(String message) {
    return new RegistryException(Kind.OVERTAKEN, message, null);
  }

  /** What may be done about it. */
  public Kind kind() {
    return kind;
  }
}
